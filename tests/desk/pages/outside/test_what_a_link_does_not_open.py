"""A link that was never given, was taken back or is too old opens nothing; a good one opens nothing but its form."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI

from tests.desk.pages.outside.links import (
    LINKS,
    NOTICE,
    TO_THE_CHAIR,
    Give,
    Postbox,
    TokenOn,
    Visitor,
    check_and_send,
    fill,
    main_of,
    words_of,
)
from tests.desk.pages.year import CASE_LEAD, CHAIR, Seat, Year

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("words", ["nonsense", "x" * 500, "a.b.c"])
async def test_words_that_we_never_gave_say_so_and_whom_to_ask(
    visitor: Visitor, app: FastAPI, year: Year, words: str
) -> None:
    answer = await visitor().get(f"/outside/{words}")
    assert answer.status_code == 410
    assert "not one that Forthwith gave" in words_of(answer)
    assert "ask whoever sent it to you for a new one" in words_of(answer)


async def test_a_link_that_was_taken_back_opens_nothing_and_names_whom_to_ask(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, seat: Seat, year: Year
) -> None:
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    token = token_on((await client.get(post.path)).text)
    [revoke] = re.findall(rf'action="({LINKS}/[0-9a-f-]+/revoke)"', answer.text)
    case_lead = await seat(CASE_LEAD)
    page = (await case_lead.get(LINKS)).text
    taken = await case_lead.post(revoke, data={"form_token": token_on(page)}, follow_redirects=True)
    assert "The link was taken back" in words_of(taken)
    before = len(await year.events())
    for refused in (
        await client.get(post.path),
        await client.post(post.path, data={"form_token": token, "do": "send", "concern": "Still."}),
        await client.post(f"{post.path}/again", data={"form_token": token}),
    ):
        assert refused.status_code == 410
        assert "ask Imogen Hartley (Case lead for the notice) for a new one" in words_of(refused)
    assert len(await year.events()) == before


async def test_a_link_whose_time_is_over_sends_a_new_one_to_the_address_on_record_alone(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR, days="1")
    old, client = post.path, visitor()
    await fill(client, token_on, old, "save", concern="What I had begun.")
    year.clock.advance_to(year.clock.now() + timedelta(days=2))
    over = await client.get(old)
    assert over.status_code == 410
    assert "The time of this link ended on Saturday 22 October 2016" in words_of(over)
    asked = await client.post(
        f"{old}/again", data={"form_token": token_on(over.text), "address": "me@example.com"}
    )
    assert "It was sent to the address that is on record for Margaret Oduya" in words_of(asked)
    assert "chair@example.org" not in asked.text
    assert [address for _, address in post.sent] == ["chair@example.org"] * 2
    assert post.path != old
    assert "<form" in main_of(await client.get(post.path))
    assert "another was sent in its place" in words_of(await client.get(old))


async def test_a_new_link_is_not_sent_again_and_again(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year, app: FastAPI
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR, days="1")
    door, client = app.state.ports.outside, visitor()
    for _ in range(3):
        assert await door.pace.may_ask_anew(CHAIR)
    year.clock.advance_to(year.clock.now() + timedelta(days=2))
    token = token_on((await client.get(post.path)).text)
    refused = await client.post(f"{post.path}/again", data={"form_token": token})
    assert (refused.status_code, len(post.sent)) == (429, 1)


async def test_whoever_tries_addresses_is_slowed_down(visitor: Visitor, app: FastAPI) -> None:
    client = visitor()
    answers = [(await client.get(f"/outside/{number}")).status_code for number in range(121)]
    assert answers[:120] == [410] * 120
    assert answers[120] == 429


async def test_looking_back_never_shows_the_form(give: Give, post: Postbox, visitor: Visitor) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    for question in ("as_at=2016-10-01", "known_at=2016-10-01"):
        answer = await visitor().get(f"{post.path}?{question}")
        assert answer.status_code == 400
        assert "<form" not in main_of(answer)


async def test_a_link_opens_no_other_page(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    await check_and_send(client, token_on, post.path, concern="The board has no deputy.")
    for page in ("/tasks", f"/notice/{NOTICE}", LINKS, "/receipts/300"):
        assert (await client.get(page)).status_code == 303
    assert "Sign out" not in (await client.get(post.path)).text


async def test_a_program_that_opens_every_link_changes_nothing(
    give: Give, post: Postbox, visitor: Visitor, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    before = len(await year.events())
    assert (await visitor().get(post.path)).status_code == 200
    assert (await visitor().post(post.path)).status_code == 403
    assert (await visitor().post(post.path, data={"form_token": "guessed", "do": "send"})).status_code == 403
    assert len(await year.events()) == before
