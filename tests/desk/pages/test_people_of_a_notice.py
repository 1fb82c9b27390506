"""Who holds which role, appointing and ending, and an absence with its cover: checked first, then recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from domain.actor import Actor
from domain.commands import DelegateRole, OpenConsideration, ProposeDecision, RecordMessageUndeliverable
from domain.events.tending import RoleDelegated
from domain.identity import OccurrenceId
from ledger.memory import MemoryDirectory
from projections.cover import cover
from tests.desk.browsing import NEEDS_CHROMIUM
from tests.desk.pages.test_acting_in_a_browser import NARROW, WIDE, begin, newest, not_meant, screens
from tests.desk.pages.test_handing_on import day, last, words_of
from tests.desk.pages.year import (
    AUDITOR,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    OFFICER,
    REVIEW_TEAM,
    Seat,
    Send,
    Year,
)

NOTICE = "lancashire-2016"
PEOPLE = f"/notice/{NOTICE}/people"
ABSENCE, APPOINT, END = f"{PEOPLE}/absence", f"{PEOPLE}/appoint", f"{PEOPLE}/end"
AWAY = {"role": "director", "reason": "On leave."} | day("since", 24, 10, 2016) | day("until", 4, 11, 2016)
FIONA, DAVID = "fiona-laidlaw", "david-achebe"


async def stands_in(year: Year, holder: str, role: str, to: str, since: date, until: date) -> None:
    command = DelegateRole(NOTICE, role, to, since, until, "On leave.")
    await year.office.handle(command, Actor("person", holder))


def absence(role: str, holder: str, to: str, year: Year) -> RoleDelegated:
    return RoleDelegated(role, holder, to, date(2016, 10, 24), date(2016, 11, 4), "Leave.", year.clock.now())


async def test_the_page_says_who_holds_which_role_and_since_when(seat: Seat) -> None:
    shown = words_of(await (await seat(AUDITOR)).get(PEOPLE))
    assert "Director of children’s services Helen Marsh , since 19 May 2016" in shown
    assert "Nobody is recorded as away" in shown
    assert "Record an absence" not in shown


async def test_only_what_the_rules_would_allow_is_offered(seat: Seat) -> None:
    director = (await (await seat(DIRECTOR)).get(PEOPLE)).text
    assert f'href="{END}?role=reporting-officer&amp;person={OFFICER}"' in director
    assert f"person={CHAIR}" not in director
    assert f"person={CHAIR}" in (await (await seat(CASE_LEAD)).get(PEOPLE)).text


async def test_an_absence_is_checked_before_it_is_recorded(seat: Seat, send: Send, year: Year) -> None:
    director, before = await seat(DIRECTOR), len(await year.events())
    checked = words_of(await send(director, ABSENCE, ABSENCE, to=CHIEF_EXECUTIVE, **AWAY))
    assert "go to Duncan Ashworth from 24 October 2016" in checked
    assert "No conflict was found" in checked
    assert len(await year.events()) == before
    again = await send(director, ABSENCE, ABSENCE, to=CHIEF_EXECUTIVE, confirmed="change", **AWAY)
    assert "On leave." in again.text
    answer = await send(director, ABSENCE, ABSENCE, to=CHIEF_EXECUTIVE, confirmed="yes", **AWAY)
    assert "Delegated" in words_of(answer)
    assert (await last(year, "role-delegated.v1")).envelope.data["to"] == CHIEF_EXECUTIVE
    assert "Helen Marsh Director of children’s services Duncan Ashworth 24 October 2016" in words_of(
        await director.get(PEOPLE)
    )


async def test_what_is_missing_is_said_by_its_field_and_a_rule_in_its_own_words(
    seat: Seat, send: Send, year: Year
) -> None:
    director, before = await seat(DIRECTOR), len(await year.events())
    empty = await send(director, ABSENCE, ABSENCE, role="director", **day("since", 24, 10, 2016))
    assert empty.status_code == 422
    assert all(f'href="#{each}"' in empty.text for each in ("until-day", "to", "reason"))
    refused = await send(director, ABSENCE, ABSENCE, to=CHAIR, **AWAY)
    assert refused.status_code == 409
    assert "which conflicts with the role of Director" in words_of(refused)
    assert "On leave." in refused.text
    assert len(await year.events()) == before


async def test_cover_that_is_away_at_the_same_time_is_said(seat: Seat, send: Send, year: Year) -> None:
    await stands_in(year, CHIEF_EXECUTIVE, "chief-executive", OFFICER, date(2016, 10, 31), date(2016, 11, 11))
    checked = words_of(await send(await seat(DIRECTOR), ABSENCE, ABSENCE, to=CHIEF_EXECUTIVE, **AWAY))
    assert "Duncan Ashworth is away too, from 31 October 2016 until 11 November 2016." in checked


async def test_whoever_is_away_is_told_for_whom_they_had_promised_to_stand_in(
    seat: Seat, send: Send, year: Year
) -> None:
    await stands_in(
        year, CHIEF_EXECUTIVE, "chief-executive", DIRECTOR, date(2016, 10, 31), date(2016, 11, 11)
    )
    checked = words_of(await send(await seat(DIRECTOR), ABSENCE, ABSENCE, to=OFFICER, **AWAY))
    assert "Helen Marsh stands in for Duncan Ashworth as Chief executive" in checked


async def test_one_person_cannot_be_both_hands_that_sign(year: Year) -> None:
    await year.office.handle(
        OpenConsideration(NOTICE, "referral-power", "Two reports did not come."), Actor("person", FIONA)
    )
    consideration = OccurrenceId(NOTICE, "referral-power", "1")
    await year.office.handle(
        ProposeDecision(consideration, "decline", "It has passed.", date(2016, 10, 21)),
        Actor("person", DAVID),
    )
    await year.casebook.catch_up()
    found = cover(year.casebook, NOTICE, absence("ministers-office", FIONA, DAVID, year), year.clock.now())
    assert any("David Achebe signed first" in each for each in found.conflicts)
    assert any("only David Achebe could" in each for each in found.conflicts)


async def test_cover_that_would_accept_what_its_own_body_owes_is_said(year: Year) -> None:
    await year.casebook.catch_up()
    found = cover(year.casebook, NOTICE, absence("board-chair", CHAIR, OFFICER, year), year.clock.now())
    assert any("would accept what Lancashire County Council owes" in each for each in found.conflicts)
    found = cover(year.casebook, NOTICE, absence("case-lead", CASE_LEAD, OFFICER, year), year.clock.now())
    assert any("would see in those days what is hidden" in each for each in found.conflicts)


async def test_tasks_in_another_role_stay_where_they_are(year: Year) -> None:
    await year.casebook.catch_up()
    found = cover(year.casebook, NOTICE, absence("chair", CHAIR, "tomasz-wilk", year), year.clock.now())
    assert found.left
    assert not {each.occurrence for each in found.covered} & {each.occurrence for each in found.left}


async def test_somebody_new_is_appointed_and_their_address_stays_out_of_the_record(
    seat: Seat, send: Send, year: Year
) -> None:
    director = await seat(DIRECTOR)
    new = {
        "role": "reporting-officer", "person": "somebody-new", "name": "Zoë O’Neil", "email": "zoe@example.org",
    } | day("since", 24, 10, 2016)  # fmt: skip
    assert (
        "Enter an address" in (await send(director, APPOINT, APPOINT, **{**new, "email": "no address"})).text
    )
    checked = words_of(await send(director, APPOINT, APPOINT, **new))
    assert "Priya Nandra holds the role too" in checked
    await send(director, APPOINT, APPOINT, confirmed="yes", **new)
    event = await last(year, "person-appointed.v1")
    assert event.envelope.data["appointment"]["person"] == "zoe-oneil"
    assert "zoe@example.org" not in str(event.envelope.data)
    assert "Zoë O’Neil , from 24 October 2016" in words_of(await director.get(PEOPLE))


async def test_a_conflict_of_roles_is_shown_before_an_appointment(seat: Seat, send: Send, year: Year) -> None:
    lead, before = await seat(CASE_LEAD), len(await year.events())
    both = {"role": "adviser", "person": CHAIR} | day("since", 24, 10, 2016)
    checked = words_of(await send(lead, APPOINT, APPOINT, **both))
    assert "Margaret Oduya would hold the roles of Adviser and Independent chair" in checked
    assert len(await year.events()) == before


async def test_what_an_end_leaves_behind_is_shown_before_it_is_recorded(
    seat: Seat, send: Send, year: Year
) -> None:
    lead, before = await seat(CASE_LEAD), len(await year.events())
    fields = {"role": "chair", "person": CHAIR, "reason": "She moves away."} | day("until", 31, 10, 2016)
    form = f"{END}?role=chair&person={CHAIR}"
    checked = words_of(await send(lead, form, END, **fields))
    assert (
        "Nobody holds the role of Independent chair of the improvement board from 1 November 2016" in checked
    )
    assert "The notice requires that this role is held" in checked
    assert len(await year.events()) == before
    await send(lead, form, END, confirmed="yes", **fields)
    assert (await last(year, "appointment-ended.v1")).envelope.data["until"] == "2016-10-31"


async def test_whoever_may_not_changes_nothing(seat: Seat, send: Send, year: Year) -> None:
    officer, before = await seat(OFFICER), len(await year.events())
    fields = {"role": "chair", "person": CHAIR, "reason": "No.", "confirmed": "yes"}
    answer = await send(officer, PEOPLE, END, **fields, **day("until", 31, 10, 2016))
    assert answer.status_code == 409
    assert len(await year.events()) == before
    assert (await (await seat(AUDITOR)).get(ABSENCE)).status_code == 403


async def test_whom_messages_do_not_reach_is_said_to_those_who_can_see_to_it(seat: Seat, year: Year) -> None:
    task = OccurrenceId(NOTICE, "monthly-report", "2016-09")
    message = f"{task}#director:{DIRECTOR}"
    lost = RecordMessageUndeliverable(task, message, "smtp", "550 No such user", bounced=True)
    await year.office.handle(lost)
    lead = await seat(CASE_LEAD)
    assert "Helen Marsh. 1 message did not arrive" in words_of(await lead.get(PEOPLE))
    assert "1 undeliverable" in words_of(await lead.get(f"/notice/{NOTICE}/deliveries"))
    history = words_of(await lead.get(f"/history/{NOTICE}?order=newest"))
    assert "was told that a message to Helen Marsh about" in history


async def test_whom_messages_do_not_reach_is_told_so_and_can_be_reached_elsewhere(
    app: FastAPI, seat: Seat, send: Send, year: Year
) -> None:
    directory = MemoryDirectory()
    app.state.ports = replace(app.state.ports, directory=directory)
    task = OccurrenceId(NOTICE, "monthly-report", "2016-09")
    lost = RecordMessageUndeliverable(task, f"{task}#director:{DIRECTOR}", "smtp", "550 No such user", True)
    await year.office.handle(lost)
    director, page = await seat(DIRECTOR), "/my-messages"
    await director.get(PEOPLE)
    assert "the last message to you did not arrive. 550 No such user" in words_of(await director.get(page))
    wrong = await send(director, page, f"{page}/elsewhere", other="no address")
    assert (wrong.status_code, 'value="no address"' in wrong.text) == (422, True)
    await send(director, page, f"{page}/elsewhere", other="helen@elsewhere.example")
    assert await directory.other_address_of(DIRECTOR) == "helen@elsewhere.example"
    await send(director, page, f"{page}/elsewhere", other="")
    assert await directory.other_address_of(DIRECTOR) is None


@NEEDS_CHROMIUM
@pytest.mark.slow
@screens(WIDE)
async def test_an_absence_in_a_browser(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    await stands_in(year, CHIEF_EXECUTIVE, "chief-executive", OFFICER, date(2016, 10, 31), date(2016, 11, 11))
    here, complaints = await begin(browser, served, "Helen Marsh", PEOPLE, width, scripts)
    await here.look("people")
    await here.press("Record an absence")
    await here.press("Check it")
    await here.page.get_by_role("link", name="Enter the last day of the absence").wait_for()
    await here.look("absence-error")
    await here.day("Away from", 24, 10, 2016)
    await here.day("Away until", 4, 11, 2016)
    await here.page.get_by_label("Duncan Ashworth").check()
    await here.page.get_by_label("Why?").fill("On leave.")
    await here.press("Check it")
    await here.heading("Where your tasks go")
    await here.page.get_by_text("Duncan Ashworth is away too").wait_for()
    await here.look("absence-check")
    await here.press("Record the absence")
    await here.heading("Delegated")
    assert (await newest(year, "role-delegated.v1")).envelope.data["to"] == CHIEF_EXECUTIVE
    await here.page.goto(f"{served}{PEOPLE}")
    await here.look("people-away")
    assert not_meant(complaints) == []


@NEEDS_CHROMIUM
@pytest.mark.slow
@screens(NARROW)
async def test_appointing_and_ending_in_a_browser(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Imogen Hartley", PEOPLE, width, scripts)
    await here.press("Appoint somebody")
    await here.look("appoint")
    await here.press("Check it")
    await here.page.get_by_role("link", name="Choose the role").wait_for()
    await here.look("appoint-error")
    await here.page.get_by_label("To which role?").select_option("adviser")
    await here.page.get_by_label("Who?").select_option(CHAIR)
    await here.press("Check it")
    await here.heading("Check the appointment")
    await here.look("appoint-check")
    await here.page.goto(f"{served}{END}?role=review-team&person={REVIEW_TEAM}")
    await here.look("end")
    await here.page.get_by_label("Why does it end?").fill("The review is over.")
    await here.press("Check it")
    await here.heading("Check the end of the appointment")
    await here.look("end-check")
    await here.press("End it")
    await here.heading("The appointment ends")
    assert (await newest(year, "appointment-ended.v1")).envelope.data["person"] == REVIEW_TEAM
    assert not_meant(complaints) == []
