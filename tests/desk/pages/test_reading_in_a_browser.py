"""The pages at which people read, in a real browser: no wider than a phone, quiet, and whole without scripts."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    fits_sideways,
    take_scripts_out,
)
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.test_reading import NOTICE

pytestmark = NEEDS_CHROMIUM

READING = {
    "portfolio": "/portfolio",
    "filtered-tasks": "/tasks?urgency=overdue",
    "obligations": f"{NOTICE}/obligations",
    "obligation": f"{NOTICE}/obligations/monthly-report",
    "plan": f"{NOTICE}/plan",
    "reviews": f"{NOTICE}/reviews",
    "calendar": f"{NOTICE}/calendar",
    "deliveries": f"{NOTICE}/deliveries",
    "readings": f"{NOTICE}/readings",
    "decisions": f"{NOTICE}/decisions",
    "decided": f"{NOTICE}/decisions?about=monthly-report/2016-05",
    "replay": f"{NOTICE}/replay?event=258",
    "compare": f"{NOTICE}/compare?from=2016-10-01&to=2016-10-20",
    "compare-mistake": f"{NOTICE}/compare?from=yesterday",
    "why": f"{NOTICE}/occurrences/monthly-report/2016-09/why",
    "waits": "/history/lancashire-2016?order=oldest&page=4",
    "audit": "/audit",
    "looking-back": f"{NOTICE}/occurrences/monthly-report/2016-09?as_at=2016-10-14&known_at=2016-10-18",
    "nothing-then": f"{NOTICE}?as_at=2016-01-01",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
async def test_every_reading_page_is_quiet_and_fits(browser: Browser, served: str, scripts: bool) -> None:
    """Under its own content security policy. What axe says of it: tests/journeys/test_every_page_state.py."""
    page, complaints = await a_page(browser, 1280 if scripts else 320, scripts=True)
    await sit_down(page, served, "Imogen Hartley", "/portfolio")
    if not scripts:
        await take_scripts_out(page)
    for name, path in READING.items():
        await page.goto(f"{served}{path}")
        assert await fits_sideways(page), name
        assert bool(await page.locator("script").count()) == scripts, name
    assert [each for each in complaints if "404" not in each and "422" not in each] == []


async def test_somebody_looks_back_walks_on_and_returns(browser: Browser, served: str) -> None:
    page, _ = await a_page(browser, 320, scripts=False)
    await sit_down(page, served, "Helen Marsh", "/tasks")
    await page.goto(f"{served}{NOTICE}/occurrences/monthly-report/2016-09")
    await page.get_by_text("Look at this page as it was on another day").click()
    await page.get_by_label("As at").fill("2016-10-14")
    await page.get_by_role("button", name="Look back").click()
    await page.get_by_text("You are looking back.").wait_for()
    assert await page.get_by_text("Due soon").first.is_visible()
    await (
        page.get_by_role("link", name="Helen Marsh")
        .or_(page.get_by_role("link", name="Priya Nandra"))
        .first.click()
    )
    await page.get_by_text("You are looking back.").wait_for()
    assert "as_at=2016-10-14" in page.url
    assert await page.get_by_role("button", name="Acknowledge").count() == 0
    await page.get_by_role("link", name="Return to today").click()
    await (
        page.get_by_text("What you can do")
        .or_(page.get_by_text("You can read it, but not sign it."))
        .first.wait_for()
    )
    assert "as_at" not in page.url


async def test_the_replay_is_walked_with_its_links(browser: Browser, served: str) -> None:
    page, _ = await a_page(browser, 320, scripts=False)
    await sit_down(page, served, "Imogen Hartley", "/tasks")
    await page.goto(f"{served}{NOTICE}/replay?event=258")
    heading = await page.get_by_role("heading", level=2).first.inner_text()
    await page.get_by_role("link", name="Step back").click()
    await page.get_by_role("link", name="Step forward").click()
    assert await page.get_by_role("heading", level=2).first.inner_text() == heading
    await page.get_by_label("Go to event").fill("1")
    await page.get_by_role("button", name="Go", exact=True).click()
    await page.get_by_text("step 1 of").wait_for()
    assert await page.get_by_role("link", name="Step back").count() == 0
