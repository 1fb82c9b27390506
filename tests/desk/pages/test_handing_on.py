"""What people do with a task besides doing it, each form with what was typed, the named refusal, and the receipt."""

from __future__ import annotations

import html
import re

import httpx2
import pytest

from domain.actor import Actor
from domain.commands import RecordConcern
from domain.identity import OccurrenceId
from tests.desk.pages.year import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    OFFICER,
    Seat,
    Send,
    Year,
)


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def last(year: Year, kind: str):
    return next(each for each in reversed(await year.events()) if each.type == kind)


def day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


async def test_only_what_the_rules_would_allow_is_offered(seat: Seat, september: OccurrenceId) -> None:
    page = f"/tasks/{september}/director"
    shown = (await (await seat(DIRECTOR)).get(page)).text
    assert all(
        f'href="{page}/{way}"' in shown for way in ("extension", "reassign", "delegate", "escalate", "refuse")
    )
    assert "What else you can do" not in (await (await seat(CHAIR)).get(page)).text


@pytest.mark.parametrize(
    ("way", "kind", "heading"),
    [
        ("refuse", "task-refused.v1", "Refused"),
        ("escalate", "escalation-raised.v1", "Brought to the next in line"),
    ],
)
async def test_a_reason_is_asked_for_and_a_receipt_given(
    seat: Seat, send: Send, year: Year, september: OccurrenceId, way: str, kind: str, heading: str
) -> None:
    director, page = await seat(DIRECTOR), f"/tasks/{september}/director/{way}"
    before = len(await year.events())
    empty = await send(director, page, page, reason="  ")
    assert empty.status_code == 422
    assert 'href="#reason"' in empty.text
    assert len(await year.events()) == before
    answer = await send(director, page, page, reason="Not mine.")
    event = (await year.events())[before]
    assert (event.type, event.envelope.data["reason"]) == (kind, "Not mine.")
    assert answer.url.path == f"/receipts/{event.index}"
    assert heading in words_of(answer)
    assert event.leaf in answer.text


@pytest.mark.parametrize("way", ["refuse", "escalate", "reassign", "delegate", "extension"])
async def test_whoever_may_not_changes_nothing(
    seat: Seat, send: Send, year: Year, september: OccurrenceId, way: str
) -> None:
    adviser, page = await seat(ADVISER), f"/tasks/{september}/director/{way}"
    before = len(await year.events())
    fields = {"reason": "Words.", "to": OFFICER, "role": "director", "confirmed": "yes"}
    days = day("since", 24, 10, 2016) | day("until", 28, 10, 2016)
    answer = await send(adviser, "/tasks", page, **fields, **days)
    assert answer.status_code in (403, 409)
    assert len(await year.events()) == before


async def test_a_refusal_is_told_in_the_rule_s_words_and_keeps_what_was_typed(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    chief, page = await seat(CHIEF_EXECUTIVE), f"/tasks/{september}/director/refuse"
    before = len(await year.events())
    answer = await send(chief, page, page, reason="Words to keep.")
    assert answer.status_code == 409
    assert "This was not recorded" in answer.text
    assert "This task belongs to" in words_of(answer)
    assert "<title>Error: " in answer.text
    assert "Words to keep." in answer.text
    assert len(await year.events()) == before


async def test_a_task_is_given_to_somebody_of_the_same_body(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    director, page = await seat(DIRECTOR), f"/tasks/{september}/director/reassign"
    shown = (await director.get(page)).text
    assert f'value="{OFFICER}"' in shown
    assert f'value="{CHAIR}"' not in shown
    assert "Choose who is to do it" in (await send(director, page, page, reason="Leave.")).text
    await send(director, page, page, to=OFFICER, reason="She knows the figures.")
    event = await last(year, "task-reassigned.v1")
    assert (event.envelope.data["task"], event.envelope.data["to"]) == ("director", OFFICER)
    assert "Acknowledge" in (await (await seat(OFFICER)).get(f"/tasks/{september}/director")).text


async def test_a_refused_task_can_be_taken_by_whoever_holds_its_role(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    director, page = await seat(DIRECTOR), f"/tasks/{september}/director"
    assert f'action="{page}/claim"' not in (await director.get(page)).text
    await send(director, f"{page}/refuse", f"{page}/refuse", reason="Not now.")
    answer = await send(director, page, f"{page}/claim")
    assert "It is yours" in words_of(answer)
    assert (await last(year, "task-claimed.v1")).envelope.data["claimed_by"] == DIRECTOR


async def test_a_day_that_no_rule_allows_is_said_before_anything_is_sent(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer, page = await seat(OFFICER), f"/tasks/{september}/owed/extension"
    before = len(await year.events())
    answer = await send(officer, page, page, reason="Audit.", **day("until", 17, 10, 2016))
    assert answer.status_code == 422
    assert "17 October 2016 has passed; an extension has to end today or later." in words_of(answer)
    assert "Audit." in answer.text
    assert len(await year.events()) == before


async def test_more_time_is_asked_for_granted_and_moves_the_ladder(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer, page = await seat(OFFICER), f"/tasks/{september}/owed/extension"
    days = day("until", 4, 11, 2016)
    checked = words_of(await send(officer, page, page, reason="Audit.", **days))
    assert "It moves 1 due date, makes 1 overdue report timely." in checked
    assert "Chief executive) Friday 21 October 2016, 9am Friday 11 November 2016, 9am" in checked
    assert "until-day" in (await send(officer, page, page, reason="Audit.", confirmed="change", **days)).text
    await send(officer, page, page, reason="Audit.", confirmed="yes", **days)
    assert (await last(year, "extension-requested.v1")).envelope.data["reason"] == "Audit."
    assert (
        "Grant or refuse more time"
        in (await (await seat(CASE_LEAD)).get(f"/tasks/{september}/extension")).text
    )
    giver, form = await seat(CASE_LEAD), f"/tasks/{september}/extension/time"
    assert "Choose whether more time is given" in (await send(giver, form, form, reason="Fair.")).text
    await send(giver, form, form, answer="grant", reason="Fair.", **days)
    assert (await last(year, "extension-granted.v1")).envelope.data["until"] == "2016-11-04"


async def test_a_report_is_returned_with_the_sections_that_fall_short(
    seat: Seat, send: Send, year: Year
) -> None:
    page = "/tasks/lancashire-2016/monthly-report/2016-08/acceptance/return"
    chair = await seat(CHAIR)
    assert "Say in what it falls short" in (await send(chair, page, page, sections="views")).text
    answer = await send(chair, page, page, sections="views", reasons="Nobody was asked.")
    event = await last(year, "report-returned.v1")
    assert event.envelope.data["sections"] == ["views"]
    assert "Report returned" in words_of(answer)


async def test_a_concern_is_raised_answered_and_referred(seat: Seat, send: Send, year: Year) -> None:
    chair, page = await seat(CHAIR), "/notice/lancashire-2016/powers/referral-power/concern"
    assert "Raise a concern" in (await chair.get("/escalations")).text
    await send(chair, page, page, concern="Staff are leaving.", clauses="6b")
    recorded = await last(year, "concern-recorded.v1")
    assert recorded.envelope.data["clauses"] == ["6b"]
    form = f"/tasks/{recorded.envelope.occurrence}/owed/concern"
    lead = await seat(CASE_LEAD)
    assert "Choose what becomes of the concern" in (await send(lead, form, form, reasons="Grave.")).text
    await send(lead, form, form, answer="refer", reasons="Grave.")
    assert (await last(year, "concern-referred.v1")).envelope.data["reasons"] == "Grave."


async def test_the_second_signature_is_another_person_s(seat: Seat, send: Send, year: Year) -> None:
    await year.office.handle(
        RecordConcern("lancashire-2016", "referral-power", "Staff are leaving."), Actor("person", ADVISER)
    )
    office, page = await seat("fiona-laidlaw"), "/notice/lancashire-2016/powers/referral-power/consider"
    await send(office, page, page, because="A concern was raised.")
    here = "/considerations/lancashire-2016/referral-power/1"
    decided = day("decided_on", 21, 10, 2016)
    await send(
        office, f"{here}/propose", f"{here}/propose", option="decline", reasons="It has passed.", **decided
    )
    before = len(await year.events())
    mine = await send(office, f"{here}/propose", f"{here}/sign", read="yes")
    assert mine.status_code == 409
    assert "The second signature is another person's" in words_of(mine)
    assert len(await year.events()) == before
    other = await seat("david-achebe")
    await send(other, f"{here}/sign", f"{here}/sign", read="yes")
    assert (await last(year, "decision-made.v1")).envelope.data["option"] == "decline"
    sheet = words_of(await other.get(f"{here}/sheet"))
    assert "Do not escalate (chosen)" in sheet
    assert "Fiona Laidlaw Head of the minister’s private office" in sheet
    council = await seat(CHIEF_EXECUTIVE)
    seen = await council.get(here)
    assert "Staff are leaving." not in seen.text
    assert "is not open to you" in seen.text


async def test_what_is_no_consideration_has_no_such_page(seat: Seat, september: OccurrenceId) -> None:
    lead = await seat(CASE_LEAD)
    assert (await lead.get(f"/considerations/{september}")).status_code == 404
    assert (await lead.get("/notice/lancashire-2016/powers/monthly-report/consider")).status_code == 404
    assert (await lead.get("/receipts/99999")).status_code == 404
