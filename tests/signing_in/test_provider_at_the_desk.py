"""The way to a provider and back as the desk serves it: cookies, pages, and logout from behind."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import httpx2
import pytest

from desk.oidc.mapping import ClaimMapping
from desk.oidc.provider import Provider, ProviderSettings
from desk.signing_in import SHUT_OUT
from tests.signing_in.conftest import HELEN, Desk, MakeDesk
from tests.signing_in.crooked import CLIENT, ISSUER, SECRET, Crooked

LOGOUT = {"http://schemas.openid.net/event/backchannel-logout": {}}


@pytest.fixture
def there() -> Crooked:
    return Crooked()


@pytest.fixture
async def desk(make_desk: MakeDesk, there: Crooked) -> Desk:
    settings = ProviderSettings(
        ISSUER, CLIENT, SECRET, "https://desk.example", mapping=ClaimMapping(person="preferred_username")
    )
    return await make_desk(Provider(settings, transport=there.transport()))


async def come_back(client: httpx2.AsyncClient, there: Crooked, wanted: str = "/sessions") -> httpx2.Response:
    away = await client.get("/sign-in/provider", params={"next": wanted})
    assert (away.status_code, urlsplit(away.headers["location"]).netloc) == (303, "login.example")
    answer = there.answer(away.headers["location"])
    return await client.get("/sign-in/provider/answer", params=answer)


async def test_what_the_browser_keeps_meanwhile_is_closed_to_others_and_gone_afterwards(desk, there):
    client = desk.client()
    away = await client.get("/sign-in/provider?next=//evil.example")
    (kept,) = [each for each in away.headers.get_list("set-cookie") if each.startswith("__Host-begun=")]
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax", "Max-Age=600"} <= set(kept.split("; "))
    back = await client.get("/sign-in/provider/answer", params=there.answer(away.headers["location"]))
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert "__Host-begun" not in client.cookies
    assert (await client.get("/sessions")).status_code == 200


async def test_an_answer_brought_back_by_another_browser_lets_nobody_in(desk, there):
    """Somebody who is sent the link of another's sign-in must not sit down as them."""
    away = await desk.client().get("/sign-in/provider")
    refused = await desk.client().get(
        "/sign-in/provider/answer", params=there.answer(away.headers["location"])
    )
    assert refused.status_code == 400
    assert "belongs to no sign-in that was begun in this browser" in refused.text
    assert await desk.sessions.all() == []


async def test_a_provider_that_is_away_is_a_page_with_a_way_back(desk, there):
    there.reachable = False
    page = await desk.client().get("/sign-in/provider")
    assert page.status_code == 503
    assert "cannot be reached just now" in page.text
    assert 'href="/sign-in"' in page.text


async def test_whoever_was_shut_out_comes_in_by_no_door(desk, there):
    await desk.accounts.disable(HELEN.id, by="a test")
    refused = await come_back(desk.client(), there)
    assert refused.status_code == 403
    assert SHUT_OUT in refused.text
    assert await desk.sessions.all() == []


async def test_over_plain_http_from_afar_nobody_signs_in(desk):
    client = desk.client()
    client.base_url = httpx2.URL("http://desk.example")
    refused = await client.get("/sign-in/provider")
    assert refused.status_code == 403
    assert "over https only" in refused.text


@pytest.mark.parametrize(
    ("named", "ended"),
    [
        ({"sid": "there-1"}, 1),
        ({"sub": "s-1"}, 2),
        ({"sub": "s-1", "sid": "there-2"}, 1),
        ({"sub": "s-2"}, 0),
    ],
)
async def test_the_provider_ends_one_session_or_all_of_a_person_from_behind(desk, there, named, ended):
    for sid in ("there-1", "there-2"):
        there.claims = {"sid": sid}
        assert (await come_back(desk.client(), there)).status_code == 303
    now = int(time.time())
    token = there.signed(
        {"iss": ISSUER, "aud": CLIENT, "iat": now, "exp": now + 60, "jti": "1", "events": LOGOUT, **named}
    )
    told = await desk.client().post("/sign-in/provider/signed-out", data={"logout_token": token})
    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
    assert len(await desk.sessions.all()) == 2 - ended


async def test_a_made_up_logout_ends_nothing(desk, there):
    assert (await come_back(desk.client(), there)).status_code == 303
    for token in ("", "a.b.c", there.signed({"sub": "s-1"})):
        told = await desk.client().post("/sign-in/provider/signed-out", data={"logout_token": token})
        assert told.status_code == 400
    assert len(await desk.sessions.all()) == 1
