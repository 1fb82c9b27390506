"""The notice builder in a real browser, in every state: accessible, no wider than a phone, and whole without scripts."""

from __future__ import annotations

from dataclasses import dataclass

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
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.test_the_notice_builder import BROKEN, DIRECTION

pytestmark = NEEDS_CHROMIUM

LOOKED_AT_WIDE = ("faults", "sound", "Weeks and clashes", "rehearsed", "check")
TRIED_OUT = ("What it asks for", "Weeks and clashes", "Rehearse", "Compare")


@dataclass
class Walk:
    """Somebody walks through the builder; every state on the way is looked at, on a wide screen those that differ there."""

    browser: Browser
    page: Page
    width: int
    scripts: bool

    async def state(self, name: str) -> None:
        if self.scripts and name not in LOOKED_AT_WIDE:
            return
        await picture(self.page, f"build-{name.lower().replace(' ', '-')}-{self.width}")
        looked_at = self.page if self.scripts else await the_same_without_scripts(self.page, self.browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(self.page), name
        if looked_at is not self.page:
            await looked_at.close()

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def go_to(self, name: str) -> None:
        await self.page.get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)], ids=["narrow and plain", "wide"])
async def test_from_an_empty_shelf_to_a_notice_that_takes_the_place_of_another(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await sit_down(page, served, "Imogen Hartley", "/build")
    walk = Walk(browser, page, width, scripts)
    await drafted(walk)
    await tried_out(walk)
    await issued(walk)
    assert page.url == f"{served}/notice/lancashire-direction-2017"
    await page.goto(f"{served}/build")
    await superseded(walk)
    assert [each for each in complaints if "422" not in each] == []


async def drafted(walk: Walk) -> None:
    await walk.state("empty")
    await walk.press("Keep it and check it")
    await walk.state("nothing-sent")
    await walk.page.get_by_label("Paste the text of a notice file").fill(BROKEN)
    await walk.press("Keep it and check it")
    await walk.page.get_by_text("does not exist").wait_for()
    await walk.state("faults")
    await walk.page.get_by_label("The text of the notice file").fill(DIRECTION)
    await walk.press("Save and check")
    await walk.page.get_by_text("Nothing is wrong with this file.").wait_for()
    await walk.state("sound")


async def tried_out(walk: Walk) -> None:
    for name in TRIED_OUT:
        await walk.go_to(name)
        await walk.page.get_by_role("heading", level=1, name=name).wait_for()
        await walk.state(name)
    await walk.press("Compare")
    await walk.page.get_by_role("heading", name="How this draft differs").wait_for()
    await walk.state("compared")
    await walk.go_to("Rehearse")
    await walk.page.get_by_label("Nobody does anything").check()
    await walk.press("Rehearse it")
    await walk.page.get_by_role("heading", name="What comes of it").wait_for()
    await walk.state("rehearsed")


async def issued(walk: Walk) -> None:
    await walk.go_to("Issue")
    await walk.state("issue")
    await walk.press("Check before you issue it")
    await walk.state("check")
    await walk.press("Issue it")
    await walk.page.get_by_text("is in force. Recorded as").wait_for()


async def superseded(walk: Walk) -> None:
    await walk.state("in-hand")
    await walk.page.get_by_role("link", name="Direction to Lancashire").first.click()
    await walk.go_to("Vary")
    await walk.press("See what it would do")
    await walk.state("vary-mistake")
    await walk.go_to("Supersede")
    await walk.page.get_by_label("Improvement Notice to Lancashire").check()
    await walk.page.get_by_label("Why does another instrument take its place?").fill("It was directed.")
    await walk.state("supersede")
    await walk.press("See what it would do")
    await walk.state("supersede-check")
    await walk.press("Let it take its place")
    await walk.page.get_by_text("has taken its place.").wait_for()
