"""Whatever has happened, every page can be drawn, and whatever there is to do leads to its form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from desk.acts.every import ON_OCCURRENCE
from desk.addresses import occurrence_page, task_page
from desk.doing import BY_AN_ACT, ON_ANOTHER_PAGE, TO_DO
from domain.identity import OccurrenceId
from projections.case_tasks import tasks_in
from projections.casebook import Casebook
from tests.desk.pages.year import CASE_LEAD, CHAIR, OFFICER, Seat
from tests.projections.conftest import play

pytestmark = pytest.mark.slow

NOTICE = "lancashire-2016"
AT_THE_END = datetime(2017, 6, 1, 12, tzinfo=UTC)
DRAWN = ("acknowledge", "submit", "accept", "record-review", "assess", "keep-in-view")


@pytest.mark.parametrize(
    "scenario", ["happy-year", "two-reports-missed", "hollow-report", "chair-leaves", "wrong-date-corrected"]
)
async def test_every_page_of_a_scenario_is_drawn(seat: Seat, app: FastAPI, scenario: str) -> None:
    book = Casebook(await play(scenario))
    await book.catch_up()
    app.state.ports = replace(app.state.ports, casebook=book, clock_now=lambda: AT_THE_END)
    case_lead = await seat(CASE_LEAD)
    pages = [f"/notice/{NOTICE}", f"/history/{NOTICE}", "/tasks"]
    for case in book.cases(NOTICE):
        pages.append(occurrence_page(case.occurrence.id))
        pages += [task_page(case.occurrence.id, task.id) for task in tasks_in(case)]
    for page in pages:
        answer = await case_lead.get(page)
        assert answer.status_code == 200, page
        assert "None" not in re.sub(r"<[^>]+>", " ", answer.text), page


async def test_every_event_of_a_scenario_has_its_page(seat: Seat, app: FastAPI) -> None:
    book = Casebook(await play("wrong-date-corrected"))
    await book.catch_up()
    app.state.ports = replace(app.state.ports, casebook=book, clock_now=lambda: AT_THE_END)
    case_lead = await seat(CASE_LEAD)
    shown = [(await case_lead.get(f"/events/{entry.index}")).text for entry in book.history(NOTICE)]
    assert any("This was corrected on" in page for page in shown)


async def test_what_is_done_on_a_page_of_its_own_is_a_button_of_the_task(seat: Seat) -> None:
    plan = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")
    officer = await seat(OFFICER)
    page = (await officer.get(task_page(plan, "owed"))).text
    assert re.search(rf'href="/acts/{plan}/(update-progress|adopt-plan)" role="button"', page)


async def test_there_is_no_form_for_whom_it_is_not(seat: Seat) -> None:
    plan = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")
    chair = await seat(CHAIR)
    assert "/acts/" not in (await chair.get(task_page(plan, "owed"))).text


def test_whatever_can_be_done_with_a_task_has_a_form() -> None:
    assert set(TO_DO) == {*DRAWN, *ON_ANOTHER_PAGE, *BY_AN_ACT}
    assert {act for acts in BY_AN_ACT.values() for act in acts} <= set(ON_OCCURRENCE)
