"""The demonstration's year in a real browser: every page quiet, and the two acts that matter most."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.year import Year

pytestmark = NEEDS_CHROMIUM

SEPTEMBER = "/tasks/lancashire-2016/monthly-report/2016-09"
OCCURRENCE = "/notice/lancashire-2016/occurrences/monthly-report/2016-09"
PAGES = {
    "inbox": ("Helen Marsh", "/tasks"),
    "nothing-to-do": ("Duncan Ashworth", "/tasks"),
    "task": ("Helen Marsh", f"{SEPTEMBER}/director"),
    "somebody-elses-task": ("Margaret Oduya", f"{SEPTEMBER}/director"),
    "acceptance": ("Margaret Oduya", "/tasks/lancashire-2016/monthly-report/2016-08/acceptance"),
    "review": ("Callum Reyes", "/tasks/lancashire-2016/department-review/1/owed"),
    "report": ("Priya Nandra", f"{SEPTEMBER}/owed/submit"),
    "notice": ("Helen Marsh", "/notice/lancashire-2016"),
    "occurrence": ("Helen Marsh", OCCURRENCE),
    "history": ("Imogen Hartley", "/history/lancashire-2016"),
    "event": ("Imogen Hartley", "/events/200"),
    "event-of-many-words": ("Imogen Hartley", "/events/2"),
    "mailbox": ("Helen Marsh", "/mailbox"),
}
SCREENS = pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, False)], ids=["wide", "narrow and plain"]
)


async def sit_down(page: Page, served: str, name: str, then: str) -> None:
    await page.goto(f"{served}/sign-in?next={then}")
    await page.get_by_label(name).check()
    await page.get_by_role("button", name="Sign in").click()
    # The way in names the page too: only the whole address says that one is there.
    await page.wait_for_url(f"{served}{then}")


@pytest.mark.parametrize(("person", "path"), PAGES.values(), ids=PAGES)
async def test_a_page_is_quiet(browser: Browser, served: str, person: str, path: str) -> None:
    """With its scripts, under its own content security policy. What axe says of it: tests/journeys/test_every_page_state.py."""
    page, complaints = await a_page(browser, 1280, scripts=True)
    await sit_down(page, served, person, path)
    assert await fits_sideways(page)
    assert complaints == []
    await page.context.close()


@SCREENS
async def test_the_auditor_reads_what_the_director_was_refused(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, _ = await a_page(browser, width, scripts)
    await sit_down(page, served, "Helen Marsh", "/tasks")
    for path in ("/notice/lancashire-2016/occurrences/adviser-report/2016-Q2", "/access"):
        await page.goto(f"{served}{path}")
        assert await accessibility_faults(await the_same_without_scripts(page, browser)) == []
    await picture(page, f"forbidden-{width}")
    await page.goto(f"{served}/tasks")
    await page.get_by_role("button", name="Sign out").click()
    await sit_down(page, served, "Grace Adeyemi", "/access")
    assert await page.get_by_text("Helen Marsh (helen-marsh)").count() == 2
    await page.get_by_label("What").select_option("Refused")
    await page.get_by_role("button", name="Show").click()
    await page.wait_for_url("**kind=refused**")
    assert await page.get_by_text("Helen Marsh (helen-marsh)").count() == 1
    await picture(page, f"access-log-{width}")
    assert await accessibility_faults(await the_same_without_scripts(page, browser)) == []
    assert await fits_sideways(page)


@SCREENS
async def test_the_director_acknowledges_the_critically_overdue_report(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    page, _ = await a_page(browser, width, scripts)
    await sit_down(page, served, "Helen Marsh", "/tasks")
    await page.get_by_role("link", name="Monthly report to the improvement board, September 2016").click()
    await page.get_by_role("button", name="Acknowledge").click()
    await page.get_by_role("heading", name="Acknowledged").wait_for()
    event = (await year.events())[-1]
    assert event.type == "task-acknowledged.v1"
    assert await page.get_by_text(event.leaf).is_visible()
    assert await page.get_by_text("The chase goes on until the report has been received.").is_visible()
    await picture(page, f"acknowledged-{width}")
    looked_at = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(looked_at) == []
    await page.get_by_role("link", name=f"Event {event.index}").click()
    await page.get_by_text("Helen Marsh acknowledged the escalation").first.wait_for()
