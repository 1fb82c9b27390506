"""The links under a notice: the daily ones in a bar, the others a step further, and where somebody is always in sight."""

from __future__ import annotations

from playwright.async_api import Browser, Page

from desk.notice_navigation import DAILY, MORE
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    take_scripts_out,
)
from tests.desk.pages.test_in_a_browser import sit_down

pytestmark = NEEDS_CHROMIUM

NOTICE = "lancashire-2016"
HERE = f"/notice/{NOTICE}"
MORE_OF_IT = "More about this notice"


async def _links_of(page: Page, which: str = "[aria-label='This notice'] a") -> list[str]:
    return [each.strip() for each in await page.locator(which).locator("visible=true").all_inner_texts()]


async def test_on_a_wide_screen_the_bar_is_one_line_wherever_somebody_is(
    browser: Browser, served: str
) -> None:
    page, _ = await a_page(browser, 1280, scripts=True)
    await sit_down(page, served, "Imogen Hartley", HERE)
    assert await _links_of(page) == [part.text for part in DAILY]
    for part in (part for group in MORE for part in group.parts):
        await page.goto(f"{served}{part.address.format(NOTICE)}")
        assert await _links_of(page) == [*(daily.text for daily in DAILY), part.text]
        assert await _links_of(page, "[aria-label='This notice'] [aria-current='page']") == [part.text]
        tops = await page.locator("[aria-label='This notice']").evaluate(
            "bar => [...bar.querySelectorAll('a, summary')].filter(each => each.checkVisibility())"
            ".map(each => each.getBoundingClientRect().top)"
        )
        assert max(tops) - min(tops) < 2, part.text
        await picture(page, f"bar-{part.text}-1280")


async def test_the_others_are_opened_and_followed_with_the_keyboard_on_a_phone_without_scripts(
    browser: Browser, served: str
) -> None:
    page, _ = await a_page(browser, 320, scripts=True)
    await take_scripts_out(page)
    await sit_down(page, served, "Imogen Hartley", HERE)
    assert not await page.get_by_role("link", name="Replay").is_visible()
    await picture(page, "bar-closed-320")
    await page.get_by_text(MORE_OF_IT).focus()
    await page.keyboard.press("Enter")
    assert await page.get_by_role("list", name="The record").get_by_role("link").count() == 3
    await picture(page, "bar-open-320")
    assert await accessibility_faults(page) == []
    assert await fits_sideways(page)
    for _ in range(10):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Replay").wait_for()


async def test_on_paper_there_is_nothing_of_it_though_all_that_is_closed_is_opened_there(
    browser: Browser, served: str
) -> None:
    page, _ = await a_page(browser, 1280, scripts=True)
    await sit_down(page, served, "Imogen Hartley", f"{HERE}/readings")
    await page.get_by_text(MORE_OF_IT).click()
    await picture(page, "bar-open-1280")
    assert await accessibility_faults(page) == []
    await page.emulate_media(media="print")
    assert not await page.get_by_text(MORE_OF_IT).is_visible()
    assert await _links_of(page) == []
