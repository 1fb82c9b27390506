"""What people and programs are told when something cannot be done."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from html import unescape

import httpx2
import pytest

from desk.explanations import EXPLANATIONS, NOT_RECORDED, ONLY_READ, what_was_kept

Visitor = Callable[..., httpx2.AsyncClient]
SignIn = Callable[..., Awaitable[httpx2.Response]]
EVERY_ERROR = tuple(EXPLANATIONS)
REFERENCE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")


def words_of(page: str) -> str:
    """What stands in the main part of a page, without its markup."""
    return " ".join(
        unescape(re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>", maxsplit=1)[0])).split()
    )


@pytest.mark.parametrize("status", EVERY_ERROR)
async def test_every_error_page_says_what_happened_what_was_kept_the_next_step_and_its_reference(
    visitor: Visitor, sign_in: SignIn, token_on: Callable[[str], str], status: int
) -> None:
    client = visitor()
    await sign_in(client)
    token = token_on((await client.get("/gallery")).text)
    read, sent = (
        await client.get(f"/answer/{status}"),
        await client.post(f"/answer/{status}", data={"form_token": token}),
    )
    known = EXPLANATIONS[status]
    for answer, kept in ((read, ONLY_READ), (sent, what_was_kept(status, "POST"))):
        assert answer.status_code == status
        words = words_of(answer.text)
        for part in (known.title, known.meaning, kept, known.advice, f"Code {status}, reference "):
            assert part in words
    assert REFERENCE.findall(words_of(read.text)) != REFERENCE.findall(words_of(sent.text))


def test_only_an_unforeseen_fault_leaves_open_whether_a_change_was_recorded() -> None:
    open_ones = {each for each in EVERY_ERROR if what_was_kept(each, "POST") != NOT_RECORDED}
    assert open_ones == {500}


async def test_the_log_of_the_service_has_the_reference_that_the_person_reads(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "forthwith.desk")
    crash, hidden = await visitor().get("/crash"), await visitor().get("/answer/404?of=somebody")
    for answer in (crash, hidden):
        (reference,) = REFERENCE.findall(words_of(answer.text))
        assert reference in caplog.text
    assert "answered 404 to GET /answer/{status}, reference" in caplog.text
    assert "somebody" not in caplog.text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nowhere", 404, "There is nothing at this address"),
        ("/forbidden", 403, "Only the chair may accept a report."),
        ("/sign-out", 405, "does not take this kind of request"),
        ("/unreachable", 503, "Forthwith cannot reach its record just now."),
        ("/crash", 500, "Something went wrong on our side."),
    ],
)
async def test_a_page_and_a_problem_document_say_the_same(
    visitor: Visitor, path: str, status: int, sentence: str
) -> None:
    client = visitor()
    page = await client.get(path, headers={"accept": "text/html,application/json;q=0.5"})
    assert page.status_code == status
    assert sentence in page.text
    assert "private detail" not in page.text
    problem = await client.get(path, headers={"accept": "application/json"})
    assert (problem.status_code, problem.headers["content-type"]) == (status, "application/problem+json")
    assert problem.json()["status"] == status
    assert sentence in problem.json()["detail"]


async def test_a_method_not_allowed_says_which_is(visitor: Visitor) -> None:
    assert (await visitor().get("/sign-out")).headers["allow"] == "POST"


async def test_everything_under_api_is_answered_in_json(visitor: Visitor) -> None:
    assert (await visitor().get("/api/v1/nothing")).json()["title"] == "Page not found"


async def test_a_program_that_is_not_signed_in_gets_401_not_a_redirect(visitor: Visitor) -> None:
    answer = await visitor().get("/papers", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (401, "Sign in first")


async def test_a_wrong_field_is_named_in_plain_english(
    visitor: Visitor, sign_in: SignIn, token_on: Callable[[str], str]
) -> None:
    client = visitor()
    await sign_in(client)
    token = token_on((await client.get("/gallery")).text)
    page = await client.post("/papers", data={"pages": "many", "form_token": token})
    assert page.status_code == 422
    assert "Pages: Input should be a valid integer" in page.text


async def test_when_the_register_cannot_be_reached_every_page_says_so(
    visitor: Visitor, sign_in: SignIn, backstage: object
) -> None:
    client = visitor()
    await sign_in(client)
    backstage.reachable = False  # type: ignore[attr-defined]
    page = await client.get("/papers")
    assert (page.status_code, page.headers["retry-after"]) == (503, "30")
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]) == (503, {"record": False, "clock": True})
    assert (await client.get("/livez")).status_code == 200
    missing = await client.get("/nowhere")
    assert missing.status_code == 503
