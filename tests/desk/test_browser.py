"""The desk in a real browser: accessible, quiet on the console, whole without scripts."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    SCREENS,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)

pytestmark = NEEDS_CHROMIUM


async def signed_in(page: Page, served: str) -> None:
    await page.goto(f"{served}/sign-in?next=/gallery")
    await page.get_by_label("Rowan Ashworth").check()
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/gallery")


@SCREENS
async def test_the_sign_in_page_is_accessible_and_quiet(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await page.goto(f"{served}/sign-in")
    await picture(page, f"sign-in-{width}-{'js' if scripts else 'plain'}")
    assert await page.locator(".govuk-frontend-supported").count() == int(scripts)
    looked_at = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(looked_at) == []
    assert await fits_sideways(page)
    assert complaints == []


@SCREENS
async def test_every_component_is_accessible_and_quiet(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await signed_in(page, served)
    await picture(page, f"gallery-{width}-{'js' if scripts else 'plain'}")
    assert await page.locator(".govuk-frontend-supported").count() == int(scripts)
    looked_at = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(looked_at) == []
    assert await fits_sideways(page)
    assert complaints == []


@SCREENS
async def test_a_person_signs_in_sends_a_form_reads_the_answer_and_signs_out(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, _ = await a_page(browser, width, scripts)
    await signed_in(page, served)
    await page.get_by_label("How many pages?").fill("12")
    await page.get_by_role("button", name="Send the report").click()
    await page.get_by_text("12 pages filed.").wait_for()
    await page.reload()
    assert await page.get_by_text("12 pages filed.").count() == 0
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_text("You have signed out.").wait_for()


async def test_scripts_sort_a_table_and_open_the_menu_under_the_strict_policy(
    browser: Browser, served: str
) -> None:
    page, complaints = await a_page(browser, 320, scripts=True)
    await signed_in(page, served)
    await page.get_by_role("button", name="Pages").click()
    first = await page.locator("[data-module='moj-sortable-table'] tbody tr").first.inner_text()
    assert first.split() == ["July", "9"]
    await page.get_by_role("button", name="Menu").click()
    assert await page.get_by_role("link", name="My tasks").is_visible()
    assert complaints == []


async def test_a_mistake_is_named_at_the_top_and_at_the_field(browser: Browser, served: str) -> None:
    page, _ = await a_page(browser, 1280, scripts=True)
    await page.goto(f"{served}/sign-in")
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("link", name="Choose who you want to sign in as").click()
    assert await page.evaluate("document.activeElement.name") == "persona"
    assert await page.title() == "Error: Sign in – Forthwith"
    assert await accessibility_faults(page) == []
    await picture(page, "sign-in-mistake")


async def test_pages_that_say_no_are_accessible_too(browser: Browser, served: str) -> None:
    page, _ = await a_page(browser, 1280, scripts=True)
    for path in ("/nowhere", "/forbidden", "/unreachable", "/crash", "/answer/413"):
        await page.goto(f"{served}{path}")
        await picture(page, f"error-{path.strip('/').replace('/', '-')}")
        assert await accessibility_faults(page) == []
    await signed_in(page, served)
    await page.goto(f"{served}/gallery?as_at=2016-09-01")
    assert await page.get_by_text("You are looking back.").is_visible()
    assert await page.get_by_role("button", name="Send the report").count() == 0
    await picture(page, "look-back")


@pytest.mark.parametrize("width", [320, 640, 760, 1020, 1100, 1180, 1600])
async def test_no_width_of_the_window_lets_the_page_touch_its_edges(
    browser: Browser, served: str, width: int
) -> None:
    page, _ = await a_page(browser, width, scripts=True)
    await page.goto(f"{served}/sign-in")
    edges = await page.evaluate(
        "[...document.querySelectorAll('.govuk-width-container')].map(e => e.getBoundingClientRect())"
        ".map(box => [box.left, document.documentElement.clientWidth - box.right])"
    )
    assert min(gap for gaps in edges for gap in gaps) >= 15
