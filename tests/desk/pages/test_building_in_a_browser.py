"""The notice builder in a real browser, in every state: accessible, no wider than a phone, and whole without scripts."""

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
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.test_the_notice_builder import BROKEN, DIRECTION

pytestmark = NEEDS_CHROMIUM


LOOKED_AT_WIDE = ("faults", "sound", "Weeks and clashes", "rehearsed", "check")


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)], ids=["narrow and plain", "wide"])
async def test_from_an_empty_shelf_to_a_notice_in_force(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)

    async def held_to(name: str) -> None:
        """What every state of every page is held to; on a wide screen, those that differ there."""
        if scripts and name not in LOOKED_AT_WIDE:
            return
        await picture(page, f"build-{name.lower().replace(' ', '-')}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(page), name
        if looked_at is not page:
            await looked_at.close()

    await sit_down(page, served, "Imogen Hartley", "/build")
    await held_to("empty")

    await page.get_by_role("button", name="Keep it and check it").click()
    await held_to("nothing-sent")
    await page.get_by_label("Paste the text of a notice file").fill(BROKEN)
    await page.get_by_role("button", name="Keep it and check it").click()
    await page.get_by_text("does not exist").wait_for()
    await held_to("faults")

    await page.get_by_label("The text of the notice file").fill(DIRECTION)
    await page.get_by_role("button", name="Save and check").click()
    await page.get_by_text("Nothing is wrong with this file.").wait_for()
    await held_to("sound")
    for name in ("What it asks for", "Weeks and clashes", "Rehearse", "Compare"):
        await page.get_by_role("link", name=name).first.click()
        await page.get_by_role("heading", level=1, name=name).wait_for()
        await held_to(name)
    await page.get_by_role("button", name="Compare").click()
    await page.get_by_role("heading", name="How this draft differs").wait_for()
    await held_to("compared")

    await page.get_by_role("link", name="Rehearse").click()
    await page.get_by_label("Nobody does anything").check()
    await page.get_by_role("button", name="Rehearse it").click()
    await page.get_by_role("heading", name="What comes of it").wait_for()
    await held_to("rehearsed")

    await page.get_by_role("link", name="Issue", exact=True).click()
    await held_to("issue")
    await page.get_by_role("button", name="Check before you issue it").click()
    await held_to("check")
    await page.get_by_role("button", name="Issue it").click()
    await page.get_by_text("is in force. Recorded as").wait_for()
    assert page.url == f"{served}/notice/lancashire-direction-2017"

    await page.goto(f"{served}/build")
    await held_to("in-hand")
    await page.get_by_role("link", name="Direction to Lancashire").first.click()
    await page.get_by_role("link", name="Vary").click()
    await page.get_by_role("button", name="See what it would do").click()
    await held_to("vary-mistake")
    await page.get_by_role("link", name="Supersede").click()
    await page.get_by_label("Improvement Notice to Lancashire").check()
    await page.get_by_label("Why does another instrument take its place?").fill("The council was directed.")
    await held_to("supersede")
    await page.get_by_role("button", name="See what it would do").click()
    await held_to("supersede-check")
    await page.get_by_role("button", name="Let it take its place").click()
    await page.get_by_text("has taken its place.").wait_for()
    assert [each for each in complaints if "422" not in each] == []
