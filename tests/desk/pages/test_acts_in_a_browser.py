"""The pages of acts in a real browser, in each of their states: as they open, with mistakes, checked, done, and closed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.async_api import Browser

from domain.actor import Actor
from domain.commands import NotifyReview, PlanReview
from domain.identity import OccurrenceId
from tests.desk.browsing import NEEDS_CHROMIUM
from tests.desk.pages.test_acting_in_a_browser import NARROW, WIDE, begin, newest, not_meant, screens
from tests.desk.pages.year import REVIEW_TEAM, Year

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

NOTICE = "/notice/lancashire-2016"
REVIEW = OccurrenceId("lancashire-2016", "department-review", "1")
TEAM = Actor("person", REVIEW_TEAM)


@screens(NARROW)
async def test_a_review_is_planned_from_its_task_and_what_comes_of_it_is_read_first(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Callum Reyes", f"/tasks/{REVIEW}/owed", width, scripts)
    await here.look("task-of-a-review")
    await here.press("Plan the review")
    await here.heading("Plan the review")
    await here.look("plan-review")
    await here.day("The first day", 8, 11, 2016)
    await here.page.get_by_label("What is it about?").fill("Progress against the plan.")
    await here.press("Continue")
    await here.page.get_by_role("link", name="Name at least one person who conducts it").wait_for()
    assert await here.page.get_by_label("What is it about?").input_value() == "Progress against the plan."
    await here.look("plan-review-error")
    await here.day("The last day", 10, 11, 2016)
    await here.page.get_by_label("Who conducts it?").fill("Ada Lund\nBram Osei")
    await here.page.get_by_label("Early help").check()
    await here.press("Continue")
    await here.heading("What the record will say")
    await here.look("plan-review-check")
    await here.press("Plan it")
    await here.heading("The review is planned")
    await here.look("plan-review-receipt")
    planned = await newest(year, "review-planned.v1")
    assert planned.envelope.data["reviewers"] == ["Ada Lund", "Bram Osei"]
    assert planned.envelope.data["themes"] == ["early help"]
    await here.page.goto(f"{served}/acts/{REVIEW}/plan-review")
    await here.page.get_by_text("This review has been planned for 8").wait_for()
    await here.look("plan-review-closed")
    assert not_meant(complaints) == []


@screens(WIDE)
async def test_the_plan_gets_one_more_objective(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Priya Nandra", f"{NOTICE}/plan", width, scripts)
    await here.look("plan-with-forms")
    await here.follow("Adopt a version of the plan")
    await here.heading("Adopt a version of the plan")
    await here.look("adopt-plan")
    rows = here.page.get_by_role("group", name="Objective", exact=False)
    before = await rows.count()
    await here.press("One more objective")
    new = here.page.locator(f"fieldset[id='objectives-{before + 1}']")
    await new.get_by_label("Objective", exact=True).fill("Supervision is recorded")
    await here.press("Continue")
    await here.page.get_by_role("link", name="Choose who owns it").wait_for()
    await here.look("adopt-plan-error")
    await new.get_by_label("Owner").first.select_option("director")
    await here.press("Continue")
    await here.look("adopt-plan-check")
    await here.press("Adopt it")
    await here.heading("The plan is adopted")
    adopted = await newest(year, "plan-adopted.v1")
    assert adopted.envelope.data["objectives"][-1]["title"] == "Supervision is recorded"
    assert not_meant(complaints) == []


@screens(NARROW)
async def test_what_reviewers_were_given_is_recorded_item_by_item(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    first = date(2016, 11, 8)
    for command in (PlanReview(REVIEW, first, first, ("Ada Lund",), "Progress"), NotifyReview(REVIEW)):
        await year.office.handle(command, TEAM)
    here, complaints = await begin(browser, served, "Callum Reyes", f"{NOTICE}/requests", width, scripts)
    await here.look("requests")
    await here.page.get_by_role("link", name=re.compile("Record that it was not.*Facilities")).click()
    await here.page.get_by_label("What was asked for, and what was said?").fill("A room: none is free.")
    await here.look("item-refused")
    await here.press("Continue")
    await here.page.get_by_text("Told at once:").wait_for()
    await here.look("item-refused-check")
    await here.press("Record it")
    await here.heading("Recorded as not provided")
    await here.page.goto(f"{served}{NOTICE}/requests")
    await here.page.get_by_text("Not provided: A room: none is free.").wait_for()
    await here.look("requests-filled")
    await here.page.goto(f"{served}{NOTICE}/reviews")
    await here.look("reviews-with-forms")
    assert not_meant(complaints) == []
