"""What an OpenID provider's answer must be for somebody to be let in, and the sentence where it is not."""

from __future__ import annotations

import base64
import hmac
import json
import time

import pytest

from desk.oidc.mapping import ClaimMapping
from desk.oidc.provider import Begun, Provider, ProviderSettings
from desk.oidc.refusing import SignInRefused
from forthwith.desk_doors import UnfitSignIn, mapping_from, provider_of
from forthwith.settings import Settings
from tests.signing_in.crooked import CLIENT, ISSUER, SECRET, Crooked, new_key

BY_NAME = ClaimMapping(person="preferred_username")
NOW = int(time.time())


@pytest.fixture
def there() -> Crooked:
    return Crooked()


def provider_at(there: Crooked, mapping: ClaimMapping = BY_NAME, **clocks) -> Provider:
    settings = ProviderSettings(
        ISSUER, CLIENT, SECRET, "https://desk.example", "the county’s account", mapping=mapping
    )
    return Provider(settings, transport=there.transport(), **clocks)


async def arrive(there: Crooked, provider: Provider | None = None, **changed: str):
    provider = provider or provider_at(there)
    begun = await provider.begin()
    return await provider.finish(there.answer(begun.url, **changed), begun)


async def test_an_honest_answer_begins_a_session_of_the_person_meant(there):
    session = await arrive(there)
    assert (session.persona_id, session.name, session.way) == ("helen-marsh", "Helen Marsh", "provider")
    assert (session.subject, session.provider_session) == ("s-1", "there-1")
    assert there.asked["redirect_uri"] == "https://desk.example/sign-in/provider/answer"
    assert there.asked["scope"] == "openid profile email"


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"nonce": "another"}, "belongs to another sign-in"),
        ({"nonce": None}, "belongs to another sign-in"),
        ({"exp": NOW - 61}, "was out of date when it arrived"),
        ({"exp": None}, "was out of date when it arrived"),
        ({"iss": "https://evil.example"}, "does not come from"),
        ({"aud": "another-service"}, "made for another service"),
        ({"aud": [CLIENT, "another-service"]}, "made for another service"),
        ({"aud": None}, "made for another service"),
        ({"azp": "another-service"}, "made for another service"),
        ({"sub": None}, "made for another service"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "made for another service"),
        ({"preferred_username": None}, "does not say who you are here"),
        ({"preferred_username": ["helen-marsh"]}, "does not say who you are here"),
    ],
)
async def test_an_id_token_with_a_fault_lets_nobody_in(there, claims, sentence):
    there.claims = claims
    with pytest.raises(SignInRefused) as refused:
        await arrive(there)
    assert sentence in refused.value.sentence


async def test_a_token_a_minute_late_passes_because_clocks_differ(there):
    there.claims = {"exp": int(time.time()) - 30}
    assert (await arrive(there)).persona_id == "helen-marsh"


async def test_a_signature_of_somebody_else_lets_nobody_in(there):
    there.published, there.key = [there.key], new_key("one")
    with pytest.raises(SignInRefused) as refused:
        await arrive(there)
    assert refused.value.sentence == "The answer does not carry a signature of the county’s account."


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_token_that_anybody_could_have_made_lets_nobody_in(there, algorithm, monkeypatch):
    """Unsigned, or signed with the published key, which everybody has, as if it were a shared secret."""
    public = there.key.as_pem(private=False)

    def forged(claims):
        parts = [_b64(json.dumps(each).encode()) for each in ({"alg": algorithm, "kid": "one"}, claims)]
        signature = hmac.digest(public, ".".join(parts).encode(), "sha256") if algorithm == "HS256" else b""
        return ".".join((*parts, _b64(signature)))

    monkeypatch.setattr(there, "signed", forged)
    there.metadata = {"id_token_signing_alg_values_supported": [algorithm]}
    with pytest.raises(SignInRefused) as refused:
        await arrive(there)
    assert "does not carry a signature" in refused.value.sentence


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


async def test_new_keys_are_fetched_when_they_are_first_used_but_not_more_than_once_a_minute(there):
    now = [1000.0]
    provider = provider_at(there, monotonic=lambda: now[0])
    await arrive(there, provider)
    there.key = new_key("two")
    now[0] += 61
    assert (await arrive(there, provider)).persona_id == "helen-marsh"
    assert there.keys_read == 2
    there.published, there.key = [there.key], new_key("made-up")
    for _ in range(3):
        with pytest.raises(SignInRefused):
            await arrive(there, provider)
    assert there.keys_read == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"state": "another"}, "belongs to no sign-in that was begun in this browser"),
        ({"iss": "https://evil.example"}, "does not come from"),
    ],
)
async def test_an_answer_that_was_not_asked_for_lets_nobody_in(there, changed, sentence):
    with pytest.raises(SignInRefused) as refused:
        await arrive(there, **changed)
    assert sentence in refused.value.sentence


async def test_an_answer_without_a_sign_in_begun_here_lets_nobody_in(there):
    with pytest.raises(SignInRefused) as refused:
        await provider_at(there).finish({"state": "", "code": "c"}, None)
    assert "begun in this browser" in refused.value.sentence
    with pytest.raises(SignInRefused):
        await provider_at(there).finish({"code": "c"}, Begun("", "s", "n", "v"))


async def test_giving_up_there_and_a_spent_code_are_said(there):
    provider = provider_at(there)
    begun = await provider.begin()
    with pytest.raises(SignInRefused) as refused:
        await provider.finish({"state": begun.state, "error": "access_denied"}, begun)
    assert refused.value.sentence == "The county’s account did not let you sign in, or you gave it up there."
    there.token_error = "invalid_grant"
    with pytest.raises(SignInRefused) as refused:
        await arrive(there)
    assert "did not let you sign in" in refused.value.sentence


async def test_a_provider_that_is_away_or_calls_itself_something_else_is_said(there):
    there.reachable = False
    with pytest.raises(SignInRefused) as refused:
        await arrive(there)
    assert refused.value.status == 503
    there.reachable, there.metadata = True, {"issuer": "https://evil.example"}
    with pytest.raises(SignInRefused, match="calls itself"):
        await arrive(there)
    there.metadata = {"token_endpoint": "http://login.example/token"}
    with pytest.raises(SignInRefused, match="must begin with https"):
        await arrive(there)


async def test_user_information_of_somebody_else_lets_nobody_in(there):
    there.userinfo = {"sub": "s-2", "preferred_username": "piers-lindqvist"}
    with pytest.raises(SignInRefused, match="somebody else"):
        await arrive(there)


async def test_the_mapping_says_who_somebody_is_and_which_roles_they_hold(there):
    mapping = ClaimMapping.model_validate(
        {
            "person": "email",
            "people": {"h.marsh@council.example": "helen-marsh"},
            "roles": {"claim": "realm.roles", "auditor": ["forthwith-auditors"]},
            "only": ["forthwith-users"],
        }
    )
    sound = {
        "sub": "s-1", "email": "h.marsh@council.example", "email_verified": True,
        "realm": {"roles": ["forthwith-users", "forthwith-auditors"]},
    }  # fmt: skip
    there.userinfo = sound
    session = await arrive(there, provider_at(there, mapping))
    assert (session.persona_id, session.roles) == ("helen-marsh", ("auditor",))
    for change in (
        {"email_verified": False}, {"email": "h.marsh@evil.example"}, {"realm": {"roles": ["others"]}}, {"realm": 7}
    ):  # fmt: skip
        there.userinfo = sound | change
        with pytest.raises(SignInRefused) as refused:
            await arrive(there, provider_at(there, mapping))
        assert "does not say who you are here" in refused.value.sentence


LOGOUT = {"http://schemas.openid.net/event/backchannel-logout": {}}


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another"}, {"iss": "https://evil.example"}, {"events": {}}, {"nonce": "n"}, {"iat": NOW - 600},
        {"exp": NOW - 600}, {"sub": None, "sid": None}, {"jti": None}, {"sub": 7},
    ],
)  # fmt: skip
async def test_a_logout_token_with_a_fault_signs_nobody_out(there, change):
    sound = {
        "iss": ISSUER, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60, "jti": "1", "sub": "s-1",
        "sid": "there-1", "events": LOGOUT,
    }  # fmt: skip
    provider = provider_at(there)
    assert await provider.signed_out(there.signed(sound)) == ("s-1", "there-1")
    faulty = {key: value for key, value in (sound | change).items() if value is not None}
    with pytest.raises(SignInRefused):
        await provider.signed_out(there.signed(faulty))
    with pytest.raises(SignInRefused):
        await provider.signed_out("no.token.atall")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"oidc_issuer": "http://login.example", "oidc_client_id": "x"}, "must begin with https"),
        ({"oidc_issuer": ISSUER}, "needs FORTHWITH_OIDC_CLIENT_ID"),
        ({"oidc_issuer": ISSUER, "oidc_client_id": "x", "oidc_scopes": "email"}, "must hold “openid”"),
        (
            {"oidc_issuer": ISSUER, "oidc_client_id": "x", "oidc_client_secret_file": "/nowhere/s"},
            "cannot be read",
        ),
    ],
)
def test_settings_that_do_not_fit_are_refused_in_a_sentence(given, sentence):
    with pytest.raises(UnfitSignIn, match=sentence):
        provider_of(Settings(**given))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("persons: sub", "persons: extra inputs are not permitted"),
        ("roles: {minister: [x]}", "roles.minister"),
        ("a: [", "is no YAML"),
    ],
)
def test_a_mapping_file_with_a_fault_is_refused_with_its_place(tmp_path, text, sentence):
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(UnfitSignIn, match=sentence):
        mapping_from(tmp_path / "map.yaml")
