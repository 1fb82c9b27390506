"""The pages of a link in a real browser: accessible, no wider than a phone, and whole without scripts."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.outside.links import LINKS, Give, Postbox
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.year import OFFICER, Year

pytestmark = pytest.mark.slow


@NEEDS_CHROMIUM
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)], ids=str)
async def test_the_pages_are_accessible_fit_and_work_without_scripts(
    browser: Browser,
    served: str,
    year: Year,
    give: Give,
    post: Postbox,
    width: int,
    scripts: bool,
) -> None:
    page, complaints = await a_page(browser, width, scripts)

    async def look(name: str) -> None:
        await picture(page, f"outside-{name}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(page), name

    await give(OFFICER, "record-update", address="desk@police.example")
    await page.goto(f"{served}{post.path}")
    await look("form")
    await page.get_by_role("button", name="Check it and send it").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    await look("form-with-faults")
    await page.get_by_label("Who answers").fill("A chief inspector")
    await page.get_by_label("The update").fill("1,204 referrals in September, by district.")
    await page.get_by_role("button", name="Check it and send it").click()
    await page.get_by_role("heading", name="Check it before you send it").wait_for()
    await look("check")
    await page.get_by_role("button", name="Send it").click()
    await page.get_by_role("heading", name="It has been received").wait_for()
    await look("receipt")
    await page.goto(f"{served}/outside/words-that-nobody-gave")
    await look("refused")
    await sit_down(page, served, "Imogen Hartley", LINKS)
    await look("links")
    await page.get_by_role("button", name="Send the link").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    await look("links-with-faults")
    assert [each for each in complaints if "410" not in each and "422" not in each] == []
