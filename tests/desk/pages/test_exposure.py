"""Where a body is exposed: late, deficient, slow, stale, and the next step of each ladder with its date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Browser

from domain.actor import Actor
from domain.commands import ReturnReport, UpdateProgress
from domain.identity import OccurrenceId
from projections.exposure import exposure
from tests.desk.browsing import NEEDS_CHROMIUM
from tests.desk.pages.test_acting_in_a_browser import NARROW, begin, screens
from tests.desk.pages.test_handing_on import words_of
from tests.desk.pages.year import AUDITOR, CASE_LEAD, CHAIR, CHIEF_EXECUTIVE, DIRECTOR, Seat, Year

NOTICE = "lancashire-2016"
PAGE = f"/notice/{NOTICE}/exposure"
PLAN = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")


async def test_what_is_late_says_how_far_it_went_and_what_comes_next(seat: Seat) -> None:
    shown = words_of(await (await seat(DIRECTOR)).get(PAGE))
    assert "Where we are exposed Lancashire County Council: 1 late , none deficient" in shown
    assert "Monthly report to the improvement board, September 2016" in shown
    assert "Friday 14 October 2016, 5 working days ago" in shown
    assert (
        "Next step Friday 21 October 2016, 9am: It is brought to Duncan Ashworth (Chief executive)" in shown
    )


async def test_a_report_that_was_returned_is_deficient_until_it_is_made_good(seat: Seat, year: Year) -> None:
    august = OccurrenceId(NOTICE, "monthly-report", "2016-08")
    await year.office.handle(ReturnReport(august, "Nobody was asked.", ("views",)), Actor("person", CHAIR))
    shown = words_of(await (await seat(CHIEF_EXECUTIVE)).get(PAGE))
    assert "1 deficient" in shown
    assert (
        "Returned by Margaret Oduya (Improvement board, through its chair) Because Nobody was asked." in shown
    )
    assert "To be made good by" in shown


async def test_objectives_are_slow_when_their_owner_says_so_and_stale_when_nobody_says_anything(
    year: Year,
) -> None:
    await year.casebook.catch_up()
    before = exposure(year.casebook, NOTICE, "council", year.clock.now())
    objective = year.casebook.case(PLAN).occurrence.plan.objectives[0]
    owner = next(
        person for person in year.casebook.notice(NOTICE).holders(objective.owner, year.clock.now().date())
    )
    await year.office.handle(
        UpdateProgress(PLAN, objective.id, "slow", "Staff are leaving."), Actor("person", owner)
    )
    await year.casebook.catch_up()
    after = exposure(year.casebook, NOTICE, "council", year.clock.now())
    assert objective.title in {each.title for each in after.slow}
    assert len(after.slow) >= len(before.slow)
    much_later = exposure(year.casebook, NOTICE, "council", year.clock.now() + timedelta(days=120))
    assert len(much_later.stale) == len(year.casebook.case(PLAN).occurrence.plan.objectives)


async def test_the_next_steps_come_soonest_first_and_only_for_what_the_body_owes(year: Year) -> None:
    await year.casebook.catch_up()
    found = exposure(year.casebook, NOTICE, "council", year.clock.now())
    assert [each.at for each in found.rungs] == sorted(each.at for each in found.rungs)
    assert found.rungs[0].is_late
    department = exposure(year.casebook, NOTICE, "department", year.clock.now())
    assert not {each.occurrence for each in found.rungs} & {each.occurrence for each in department.rungs}
    assert not department.is_exposed


async def test_everybody_sees_their_own_body_first_and_can_choose_another(seat: Seat) -> None:
    lead = await seat(CASE_LEAD)
    assert "Department for Education: none late" in words_of(await lead.get(PAGE))
    council = words_of(await lead.get(f"{PAGE}?of=council"))
    assert "Where Lancashire County Council is exposed" in council
    assert "Where Lancashire County Council is exposed" in words_of(await (await seat(AUDITOR)).get(PAGE))
    assert (await lead.get(f"{PAGE}?of=nobody")).status_code == 200


@NEEDS_CHROMIUM
@pytest.mark.slow
@screens(NARROW)
async def test_exposure_in_a_browser(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Helen Marsh", PAGE, width, scripts)
    await here.look("exposure")
    august = OccurrenceId(NOTICE, "monthly-report", "2016-08")
    await year.office.handle(ReturnReport(august, "Nobody was asked.", ("views",)), Actor("person", CHAIR))
    await here.page.reload()
    await here.look("exposure-deficient")
    assert complaints == []
