"""Signing in, staying in, signing out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from desk.pages.sign_in import by_organisation
from desk.ports import Persona
from desk.sessions import IDLE_SECONDS, LIFE_SECONDS
from desk.signing_in import safe_next

Visitor = Callable[..., httpx2.AsyncClient]
SignIn = Callable[..., Awaitable[httpx2.Response]]


async def test_the_page_lists_people_under_their_organisation(visitor: Visitor) -> None:
    page = (await visitor().get("/sign-in")).text
    assert (
        page.index("Example County Council") < page.index("Rowan Ashworth") < page.index("Improvement board")
    )
    assert "Case lead, Notice administrator" in page


def test_people_of_one_organisation_stay_together_wherever_they_are_listed() -> None:
    a, b, c = (Persona(i, i, (), org) for i, org in (("a", "Board"), ("b", "Council"), ("c", "Board")))
    assert by_organisation((a, b, c)) == [("Board", [a, c]), ("Council", [b])]


async def test_a_stranger_is_sent_to_sign_in_and_comes_back_to_the_page_they_wanted(
    visitor: Visitor, token_on: Callable[[str], str]
) -> None:
    client = visitor()
    sent = await client.get("/papers?page=2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=%2Fpapers%3Fpage%3D2")
    page = (await client.get(sent.headers["location"])).text
    assert 'name="next" value="/papers?page=2"' in page
    fields = {"form_token": token_on(page), "persona": "rowan", "next": "/papers?page=2"}
    back = await client.post("/sign-in", data=fields)
    assert (back.status_code, back.headers["location"]) == (303, "/papers?page=2")
    assert (await client.get("/papers")).text == "papers of Rowan Ashworth"


async def test_the_front_page_leads_to_the_inbox(visitor: Visitor, sign_in: SignIn) -> None:
    client = visitor()
    assert (await client.get("/")).headers["location"] == "/sign-in"
    await sign_in(client)
    assert (await client.get("/")).headers["location"] == "/tasks"


@pytest.mark.parametrize(
    ("url", "name", "words"),
    [
        ("https://desk.example", "__Host-session", {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"}),
        ("http://127.0.0.1:8000", "session", {"Path=/", "HttpOnly", "SameSite=Lax"}),
    ],
)
async def test_the_session_cookie_is_closed_to_scripts_and_other_sites(
    visitor: Visitor, sign_in: SignIn, url: str, name: str, words: set[str]
) -> None:
    cookie = (await sign_in(visitor(url))).headers["set-cookie"].split("; ")
    assert cookie[0].startswith(f"{name}=")
    assert set(cookie[1:]) == words


async def test_the_session_id_changes_at_sign_in_and_the_old_one_is_worth_nothing(
    visitor: Visitor, sign_in: SignIn
) -> None:
    client, thief = visitor(), visitor()
    planted = (await client.get("/sign-in")).headers["set-cookie"].split(";")[0]
    await sign_in(client)
    stolen = await thief.get("/papers", headers={"cookie": planted})
    assert stolen.status_code == 303
    assert (await client.get("/papers")).status_code == 200


async def test_signing_out_ends_the_session_on_the_server(
    visitor: Visitor, sign_in: SignIn, token_on: Callable[[str], str]
) -> None:
    client, copy = visitor(), visitor()
    held = (await sign_in(client)).headers["set-cookie"].split(";")[0]
    assert (await copy.get("/papers", headers={"cookie": held})).status_code == 200
    token = token_on((await client.get("/gallery")).text)
    assert (await client.post("/sign-out", data={"form_token": token})).headers[
        "location"
    ] == "/sign-in?signed-out"
    assert (await copy.get("/papers", headers={"cookie": held})).status_code == 303


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ([IDLE_SECONDS - 1] * 2, 200),
        ([IDLE_SECONDS], 303),
        ([IDLE_SECONDS - 1] * (LIFE_SECONDS // IDLE_SECONDS + 1), 303),
    ],
    ids=["in use", "left alone", "older than its life"],
)
async def test_a_session_ends_when_left_alone_or_too_old(
    visitor: Visitor, sign_in: SignIn, backstage: object, waits: list[int], expected: int
) -> None:
    client = visitor()
    await sign_in(client)
    for seconds in waits:
        backstage.seconds += seconds  # type: ignore[attr-defined]
        answer = await client.get("/papers")
    assert answer.status_code == expected


async def test_someone_struck_off_the_register_is_out_at_once(
    visitor: Visitor, sign_in: SignIn, backstage: object
) -> None:
    client = visitor()
    await sign_in(client)
    backstage.people = ()  # type: ignore[attr-defined]
    assert (await client.get("/papers")).status_code == 303


@pytest.mark.parametrize("token", ["", "wrong", None], ids=["empty", "wrong", "missing"])
async def test_a_form_without_the_right_token_is_refused_in_plain_words(
    visitor: Visitor, sign_in: SignIn, token: str | None
) -> None:
    client = visitor()
    await sign_in(client)
    refused = await client.post(
        "/papers", data={"pages": "3"} | ({} if token is None else {"form_token": token})
    )
    assert refused.status_code == 403
    assert "This form no longer belongs to your session" in refused.text
    assert "Go back, reload the page and send the form again." in refused.text


async def test_a_token_of_one_session_is_worth_nothing_in_another(
    visitor: Visitor, sign_in: SignIn, token_on: Callable[[str], str]
) -> None:
    ours, theirs = visitor(), visitor()
    await sign_in(ours)
    await sign_in(theirs, "piers")
    token = token_on((await theirs.get("/gallery")).text)
    assert (await ours.post("/papers", data={"pages": "3", "form_token": token})).status_code == 403
    assert (await theirs.post("/papers", data={"pages": "3", "form_token": token})).status_code == 303


@pytest.mark.parametrize("persona", ["", "nobody"])
async def test_choosing_nobody_says_what_to_do(visitor: Visitor, sign_in: SignIn, persona: str) -> None:
    page = await sign_in(visitor(), persona)
    assert page.status_code == 422
    assert "<title>Error: Sign in – Forthwith</title>" in page.text
    assert page.text.count("Choose who you want to sign in as") == 2


async def test_nobody_signs_in_by_a_name_where_people_are_real(visitor: Visitor, live_app: FastAPI) -> None:
    client = visitor(site=live_app)
    page = await client.get("/sign-in")
    assert page.status_code == 404
    assert "Demonstration" not in page.text


@pytest.mark.parametrize("target", ["/tasks", "/notice?as_at=2016-10-01", "/history#event-4"])
def test_a_local_path_is_followed(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "tasks",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "/sign-in?next=/sign-in",
        " /tasks",
    ],
)
def test_any_other_target_leads_to_the_front_page(target: str | None) -> None:
    assert safe_next(target) == "/"
