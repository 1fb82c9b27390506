"""The pages at which people read: each answers its question from the record, and hides what is hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from domain.actor import Actor
from domain.commands import IssueNotice, ReviseInterpretation
from domain.time.calendar import load_calendar
from domain.time.due import NthWorkingDayAfterPeriod
from forthwith.notice_files.reading import read_notice
from projections.casebook import Casebook
from tests.desk.pages.test_the_notice import words_of
from tests.desk.pages.year import ADVISER, CASE_LEAD, DIRECTOR, OFFICER, Seat, Year
from tests.projections.conftest import NOTICES, play

pytestmark = pytest.mark.slow

NOTICE = "/notice/lancashire-2016"
PAGES = (
    "/portfolio",
    f"{NOTICE}/obligations",
    f"{NOTICE}/obligations/monthly-report",
    f"{NOTICE}/plan",
    f"{NOTICE}/reviews",
    f"{NOTICE}/calendar",
    f"{NOTICE}/calendar?month=all",
    f"{NOTICE}/deliveries",
    f"{NOTICE}/readings",
    f"{NOTICE}/decisions",
    f"{NOTICE}/replay",
    f"{NOTICE}/compare?from=2016-10-01",
    f"{NOTICE}/occurrences/monthly-report/2016-09/why",
    "/history/lancashire-2016?order=oldest",
    "/audit",
)


async def test_the_portfolio_says_what_is_due_who_is_late_how_far_it_went_and_what_is_left(
    seat: Seat,
) -> None:
    page = words_of((await (await seat(CASE_LEAD)).get("/portfolio")).text)
    assert "Overdue Lancashire County Council: 1" in page
    assert "Furthest step taken Brought to Helen Marsh" in page
    assert "Next due:" in page
    assert re.search(r"Left until the next review \d+ days, until", page)


@pytest.mark.parametrize("address", ["/portfolio", "/audit"])
async def test_where_there_are_many_notices_some_are_shown_and_one_is_found_by_its_title(
    seat: Seat, address: str
) -> None:
    lead = await seat(CASE_LEAD)
    few = (await lead.get(address)).text
    assert 'name="notice"' not in few
    found = words_of((await lead.get(f"{address}?notice=LANCASHIRE")).text)
    assert "Improvement Notice to Lancashire County Council" in found
    none = (await lead.get(f"{address}?notice=<no+such>")).text
    assert "0 of 1 notices have these words in their title." in words_of(none)
    assert 'value="&lt;no such&gt;"' in none
    assert "No notice has been issued yet." not in none
    assert (await lead.get(f"{address}?page=some")).status_code == 422
    assert (await lead.get(f"{address}?page=99")).text.count("<h2") == few.count("<h2")


async def test_an_obligation_has_its_clause_and_every_occurrence(seat: Seat) -> None:
    page = (await (await seat(OFFICER)).get(f"{NOTICE}/obligations/monthly-report")).text
    assert "the council must report monthly to the improvement board" in page
    rows = [words_of(row) for row in page.split("<tr")[2:]]
    assert len(rows) == 12
    assert next(row for row in rows if "board, September 2016" in row).endswith(
        "Monthly report to the improvement board, September 2016 Friday 14 October 2016 Critically overdue –"
    )
    assert "To come" in rows[-1]
    assert (await (await seat(OFFICER)).get(f"{NOTICE}/obligations/nothing")).status_code == 404


async def test_the_plan_says_what_is_slow_or_stale_and_what_its_owners_said(seat: Seat) -> None:
    page = words_of((await (await seat(DIRECTOR)).get(f"{NOTICE}/plan")).text)
    assert "Rated by its owner" in page
    assert re.search(r"Version 1, adopted by .* objectives?", page)


async def test_the_calendar_shows_one_month_or_all_of_them(seat: Seat) -> None:
    officer = await seat(OFFICER)
    october = (await officer.get(f"{NOTICE}/calendar")).text
    assert "What falls due in October 2016" in october
    assert "occurrences/monthly-report/2016-09" in october
    assert "occurrences/monthly-report/2016-08" not in october
    assert f'href="{NOTICE}/calendar?month=2016-11"' in october
    everything = (await officer.get(f"{NOTICE}/calendar?month=all")).text
    assert "occurrences/monthly-report/2016-08" in everything
    assert (await officer.get(f"{NOTICE}/calendar?month=2016-13")).status_code == 404


async def test_deliveries_say_who_was_sent_what_and_what_the_provider_answered(seat: Seat) -> None:
    case_lead = await seat(CASE_LEAD)
    page = (await case_lead.get(f"{NOTICE}/deliveries")).text
    assert "Sent by smtp" in page
    assert "Pages of the deliveries" in page
    hers = (await case_lead.get(f"{NOTICE}/deliveries?person=helen-marsh")).text
    recipients = {words_of(f"<th{row.split('</th>')[0]}") for row in hers.split("<tr")[2:]}
    assert recipients
    assert all("Helen Marsh" in each for each in recipients)
    lost = (await case_lead.get(f"{NOTICE}/deliveries?outcome=undeliverable")).text
    assert "No letter that is looked for was called for." in lost


async def test_each_sentence_of_the_why_page_leads_to_its_event(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    page = (await director.get(f"{NOTICE}/occurrences/monthly-report/2016-09/why")).text
    chain = page.split('class="app-why__chain"')[1].split("</ol>")[0]
    links = re.findall(r'href="(/events/\d+)"', chain)
    assert chain.count("<li") == len(links) + chain.count("Reckoned from the record")
    assert "Working days are counted by the calendar" in page


async def test_history_collapses_long_waits_in_both_orders(seat: Seat) -> None:
    case_lead = await seat(CASE_LEAD)
    oldest = (await case_lead.get("/history/lancashire-2016?order=oldest&page=4")).text
    newest = (await case_lead.get("/history/lancashire-2016")).text
    for page in (oldest, newest):
        assert re.search(r"\d+ days in which nothing happened", page)
    days = [int(each) for each in re.findall(r"(\d+) days in which nothing happened", oldest + newest)]
    assert min(days) >= 5


async def test_replay_steps_forward_and_back_and_says_what_changed(seat: Seat, year: Year) -> None:
    case_lead = await seat(CASE_LEAD)
    raised = next(
        each.index
        for each in await year.events()
        if each.type == "escalation-raised.v1" and "2016-09" in str(each.envelope.occurrence)
    )
    page = (await case_lead.get(f"{NOTICE}/replay?event={raised}")).text
    assert "Standing Overdue Critically overdue" in words_of(page)
    assert "1 escalated." in page
    back = re.search(r'href="([^"]+)" rel="prev"', page)
    assert back
    before = (await case_lead.get(back[1])).text
    forward = re.search(r'href="([^"]+)" rel="next"', before)
    assert forward
    assert forward[1] == f"{NOTICE}/replay?event={raised}"
    first = (await case_lead.get(f"{NOTICE}/replay?event=1")).text
    assert 'rel="prev"' not in first
    assert "Before 0 open, 0 overdue, 0 escalated." in words_of(first)
    assert (await case_lead.get(f"{NOTICE}/replay?event=99999")).status_code == 404


async def test_two_moments_are_compared(seat: Seat) -> None:
    case_lead = await seat(CASE_LEAD)
    asked = f"{NOTICE}/compare?from=2016-10-01&to=2016-10-20"
    page = words_of((await case_lead.get(asked)).text)
    assert "became overdue" in page
    assert "As at" in page
    unknown = words_of(
        (await case_lead.get(f"{NOTICE}/compare?from=2016-10-01&to=2016-10-20&to_known=2016-10-01")).text
    )
    assert "brought to Helen Marsh" in page
    assert "brought to Helen Marsh" not in unknown
    for fault in ("from=nonsense", "from=2017-10-01", "to=2016-10-01", "from=2016-10-20&to=2016-10-01"):
        answer = await case_lead.get(f"{NOTICE}/compare?{fault}")
        assert answer.status_code == 422, fault
        assert "There is a problem" in answer.text


async def test_a_decision_shows_what_was_in_view(seat: Seat) -> None:
    case_lead = await seat(CASE_LEAD)
    listed = (await case_lead.get(f"{NOTICE}/decisions")).text
    link = re.search(r'href="(\?about=monthly-report/2016-05#decision-(\d+))"', listed)
    assert link
    page = (await case_lead.get(f"{NOTICE}/decisions{link[1].split('#')[0]}")).text
    assert f'id="decision-{link[2]}"' in page
    assert "Digest of the state" in page
    assert "Monthly report to the improvement board, May 2016" in page
    officer = await seat(OFFICER)
    shown = (await officer.get(f"{NOTICE}/decisions{link[1].split('#')[0]}")).text
    assert "Digest of the state" not in shown
    assert (await case_lead.get(f"{NOTICE}/decisions?about=nonsense")).status_code == 404


async def test_readings_say_what_rests_on_them(seat: Seat) -> None:
    page = words_of((await (await seat(OFFICER)).get(f"{NOTICE}/readings")).text)
    assert "By the tenth working day of the month after the month reported on." in page
    assert "Monthly report to the improvement board , 5 opened so far" in page


async def test_a_revised_reading_says_which_days_it_moved_and_what_that_did(seat: Seat, year: Year) -> None:
    await year.casebook.catch_up()
    notice = year.casebook.notice("lancashire-2016")
    before = next(each for each in notice.interpretations if each.id == "monthly-report-day")
    reading = before.model_copy(update={"ruling": "By the fifteenth working day of the month after."})
    later = notice.obligation("monthly-report").model_copy(update={"due": NthWorkingDayAfterPeriod(n=15)})
    command = ReviseInterpretation("lancashire-2016", reading, "The board asked for it.", (later,))
    await year.office.handle(command, Actor("person", CASE_LEAD))
    page = words_of((await (await seat(OFFICER)).get(f"{NOTICE}/readings")).text)
    assert "Of what had opened, it moved 5 due days and made 2 that were late timely." in page
    assert "September 2016 14 October 2016 21 October 2016 Late no more Event" in page
    assert "It was read before as By the tenth working day of the month after" in page


async def test_tasks_can_be_filtered_in_the_address(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    everything = (await director.get("/tasks")).text
    late = (await director.get("/tasks?urgency=critically+overdue")).text
    assert everything.count("app-task__link") > late.count("app-task__link") == 1
    assert "left out" in late
    assert '<option value="critically overdue" selected>' in late


async def test_the_adviser_s_reports_are_hidden_on_every_page(seat: Seat, year: Year) -> None:
    hidden = [event.index for event in await year.events() if event.envelope.obligation == "adviser-report"]
    officer, adviser = await seat(OFFICER), await seat(ADVISER)
    for page in PAGES:
        for address in (page, f"{page}{'&' if '?' in page else '?'}as_at=2016-10-18"):
            answer = await officer.get(address)
            assert answer.status_code == 200, address
            assert "adviser-report/" not in answer.text, address
    for index in hidden[:3]:
        assert f'replay?event={index}"' not in (await officer.get(f"{NOTICE}/replay?event={index}")).text
    assert (await officer.get(f"{NOTICE}/obligations/adviser-report")).status_code == 404
    assert (await adviser.get(f"{NOTICE}/obligations/adviser-report")).status_code == 200
    assert (await officer.get(f"{NOTICE}/decisions?about=adviser-report/2016-Q2")).status_code == 404
    assert (await officer.get("/audit/bag.zip")).status_code == 403


async def test_the_bag_is_for_whoever_may_see_every_notice_in_it(seat: Seat, year: Year) -> None:
    case_lead = await seat(CASE_LEAD)
    nothing_hidden = "The bag holds all events, proofs, keys and evidence"
    assert nothing_hidden in (await case_lead.get("/audit")).text
    terms = read_notice(NOTICES / "care-quality-warning.yaml")
    another = IssueNotice(terms, load_calendar(terms.notice.calendar), year.clock.now())
    await year.office.handle(another, Actor("person", "operator"))
    assert nothing_hidden not in (await case_lead.get("/audit")).text
    assert (await case_lead.get("/audit/bag.zip")).status_code == 403
    assert terms.notice.title not in (await case_lead.get("/portfolio")).text


@pytest.mark.parametrize("scenario", ["two-reports-missed", "wrong-date-corrected"])
async def test_every_reading_page_of_a_scenario_is_drawn(seat: Seat, app: FastAPI, scenario: str) -> None:
    book = Casebook(await play(scenario))
    await book.catch_up()
    at_the_end = datetime(2017, 6, 1, 12, tzinfo=UTC)
    app.state.ports = replace(app.state.ports, casebook=book, clock_now=lambda: at_the_end)
    case_lead = await seat(CASE_LEAD)
    obligations = [f"{NOTICE}/obligations/{each.id}" for each in book.notice("lancashire-2016").obligations]
    for page in (*PAGES, *obligations):
        answer = await case_lead.get(page)
        assert answer.status_code == 200, page
        assert not re.search(r"\bNone\b(?! has)", words_of(answer.text).replace("None, as", "")), page


async def test_a_review_shows_its_pack_and_what_came_of_its_findings(seat: Seat, app: FastAPI) -> None:
    book = Casebook(await play("happy-year"))
    await book.catch_up()
    at_the_end = datetime(2017, 6, 1, 12, tzinfo=UTC)
    app.state.ports = replace(app.state.ports, casebook=book, clock_now=lambda: at_the_end)
    page = words_of((await (await seat(CASE_LEAD)).get(f"{NOTICE}/reviews")).text)
    assert "The pack" in page
    assert "Finding 1 Closed" in page
    assert "Followed up The standard is kept. (" in page
    assert re.search(r"Days since the one before \d+", page)
