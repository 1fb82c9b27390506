"""Who may send somebody without an account a link, to whom, and that it is sent once and never shown."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from fastapi import FastAPI

from domain.access import AccessesWanted, InTheNameOf
from domain.actor import Actor
from domain.outside_links import OutsideLink
from tests.desk.pages.outside.links import (
    CONCERN,
    LINKS,
    NOTICE,
    QUARTER,
    SEPTEMBER,
    TO_THE_CHAIR,
    Give,
    Postbox,
    TokenOn,
    Visitor,
    check_and_send,
    words_of,
)
from tests.desk.pages.year import ADVISER, AUDITOR, CASE_LEAD, CHAIR, OFFICER, Seat, Send, Year

pytestmark = pytest.mark.slow


async def test_the_case_lead_sends_the_chair_a_link_and_is_not_shown_it(
    give: Give, post: Postbox, app: FastAPI
) -> None:
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    assert "A link was sent to Margaret Oduya, to raise one concern under the notice" in words_of(answer)
    [(letter, address)] = post.sent
    assert address == "chair@example.org"
    assert "Imogen Hartley (Case lead for the notice) asks you to raise one concern" in " ".join(
        letter.text.split()
    )
    assert post.path not in answer.text
    assert letter.html
    assert post.path in letter.html
    [link] = await app.state.ports.outside.links.of_notice(NOTICE)
    assert link.person == CHAIR


async def test_only_those_who_keep_the_notice_or_owe_the_report_send_links_and_only_for_it(
    seat: Seat, known: None
) -> None:
    offered = {
        who: set(
            re.findall(r'name="offer"[^>]*value="([a-z-]+ [^ ]+)', (await (await seat(who)).get(LINKS)).text)
        )
        for who in (CASE_LEAD, OFFICER, CHAIR, ADVISER)
    }
    assert f"submit-report {SEPTEMBER}" in offered[OFFICER]
    assert not any(
        "adviser-report" in each or "chair-report" in each or "concern" in each for each in offered[OFFICER]
    )
    assert any("adviser-report" in each for each in offered[CASE_LEAD])
    assert f"record-concern {CONCERN}" in offered[CASE_LEAD]
    assert offered[CHAIR] == set(), "what the chair owed for the quarter has been sent"
    assert all("adviser-report" in each for each in offered[ADVISER])
    assert (await (await seat(AUDITOR)).get(LINKS)).status_code == 403
    assert LINKS not in (await (await seat(AUDITOR)).get(f"/notice/{NOTICE}")).text


async def test_somebody_of_whom_no_address_is_known_gets_no_link(
    give: Give, post: Postbox, app: FastAPI
) -> None:
    answer = await give(CASE_LEAD, f"submit-report {SEPTEMBER} 0 {OFFICER}")
    assert "No mail address is known for Priya Nandra" in words_of(answer)
    assert post.sent == []
    assert await app.state.ports.outside.links.of_notice(NOTICE) == []


async def test_a_mail_that_cannot_be_sent_gives_no_link(give: Give, post: Postbox, app: FastAPI) -> None:
    post.refuses = True
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    assert "The mail could not be sent, so no link was given" in words_of(answer)
    assert all(each.revoked for each in await app.state.ports.outside.links.of_notice(NOTICE))


async def test_sending_the_page_twice_gives_one_link(
    seat: Seat, token_on: TokenOn, known: None, post: Postbox
) -> None:
    client = await seat(CASE_LEAD)
    page = html.unescape((await client.get(LINKS)).text)
    data = {
        "form_token": token_on(page),
        "slip": page.split('name="slip" value="')[1].split('"')[0],
        "offer": TO_THE_CHAIR,
        "days": "14",
    }
    for _ in range(2):
        assert (await client.post(LINKS, data=data)).status_code == 303
    assert len(post.sent) == 1


@pytest.mark.parametrize(("field", "value", "said"), [("offer", "", "Choose what the link is for"),
    ("days", "0", "Enter a number of days from 1 to 60"), ("days", "many", "from 1 to 60"),
    ("address", "not an address", "Enter a mail address in the usual form")])  # fmt: skip
async def test_what_is_wrong_with_the_form_is_said_and_nothing_is_lost(
    give: Give, seat: Seat, send: Send, post: Postbox, field: str, value: str, said: str
) -> None:
    if field == "offer":
        answer = await send(await seat(CASE_LEAD), LINKS, LINKS, days="21")
        assert 'value="21"' in answer.text
    else:
        answer = await give(CASE_LEAD, "record-update", **{"address": "a@example.org", field: value})
        assert f'value="{value}"' in answer.text
    assert (answer.status_code, said in words_of(answer)) == (422, True)
    assert post.sent == []


async def test_who_gave_and_who_came_by_a_link_stands_in_the_access_log(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, app: FastAPI
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    await check_and_send(visitor(), token_on, post.path, concern="The board has no deputy.")
    noted = [
        each.access
        for each in await app.state.ports.accesses.newest(
            AccessesWanted(kind="link"), InTheNameOf(AUDITOR, everything=True)
        )
    ]
    assert {(each.person, each.act) for each in noted} == {
        (CASE_LEAD, "send-link"),
        (CHAIR, "record-concern"),
    }
    told = " ".join(each.sentence for each in noted)
    assert "Gave a link to margaret-oduya" in told
    assert "Sent the form; the link is used up." in told
    assert post.path not in f"{noted}"


async def test_without_a_way_of_sending_there_is_no_such_page(
    visitor: Visitor, seat: Seat, app: FastAPI
) -> None:
    app.state.ports = replace(app.state.ports, outside=None)
    assert (await visitor().get("/outside/words")).status_code == 404
    assert (await (await seat(CASE_LEAD)).get(LINKS)).status_code == 404


def test_a_link_of_somebody_who_holds_a_role_acts_as_that_person(year: Year) -> None:
    now = year.clock.now()
    link = OutsideLink(uuid4(), CHAIR, "submit-report", QUARTER, None, CASE_LEAD, now, now)
    assert link.actor == Actor("person", CHAIR)
    assert replace(link, person="outside-1").actor == Actor("outside", "outside-1")
