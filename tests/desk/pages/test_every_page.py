"""Whatever has happened, every page can be drawn, and what has no form yet says which command does it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from desk.addresses import occurrence_page, task_page
from desk.doing import ON_ANOTHER_PAGE, ON_THE_COMMAND_LINE, TO_DO
from domain.identity import OccurrenceId
from forthwith.commands.application import app as app_of_commands
from projections.case_tasks import tasks_in
from projections.casebook import Casebook
from tests.desk.pages.year import CASE_LEAD, DIRECTOR, OFFICER, Seat
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


async def test_what_has_no_form_yet_says_which_command_does_it(seat: Seat) -> None:
    plan = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")
    officer = await seat(OFFICER)
    page = " ".join(html.unescape((await officer.get(task_page(plan, "owed"))).text).split())
    assert "To bring the record of progress up to date, use the command line;" in page
    assert f"forthwith plan progress {plan}" in page


async def test_there_is_no_command_for_whom_it_is_not(seat: Seat) -> None:
    plan = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")
    director = await seat(DIRECTOR)
    assert "use the command line" not in (await director.get(task_page(plan, "owed"))).text


def test_every_command_that_is_named_exists() -> None:
    for words in ON_THE_COMMAND_LINE.values():
        group, name = words.split()
        assert name in set(app_of_commands[group]), words


def test_whatever_can_be_done_has_a_form_or_a_command() -> None:
    assert set(TO_DO) == {*DRAWN, *ON_ANOTHER_PAGE, *ON_THE_COMMAND_LINE}
