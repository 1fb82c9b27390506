"""The desk in a real browser: accessible, quiet on the console, whole without scripts."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = os.environ.get("FORTHWITH_PICTURES")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() or shutil.which("chromium")),
    reason="chromium is not installed (apt-get install chromium)",
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


SCREENS = pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (320, True), (1280, False), (320, False)],
    ids=lambda value: str(value),
)


async def a_page(browser: Browser, width: int, scripts: bool) -> tuple[Page, list[str]]:
    """A fresh page, and the list in which the browser's complaints gather."""
    context = await browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = await context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    return page, complaints


async def signed_in(page: Page, served: str) -> None:
    await page.goto(f"{served}/sign-in?next=/gallery")
    await page.get_by_label("Rowan Ashworth").check()
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/gallery")


async def accessibility_faults(page: Page) -> list[str]:
    found = await Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.response["passes"], "axe looked at nothing"
    return [
        f"{rule['id']}: {node['html']}" for rule in found.response["violations"] for node in rule["nodes"]
    ]


async def the_same_without_scripts(page: Page, browser: Browser) -> Page:
    """What a browser without scripts shows, opened where axe, which is itself a script, can look at it."""
    drawn = re.sub(r"<script.*?</script>", "", await page.content(), flags=re.DOTALL)
    width = await page.evaluate("window.innerWidth")
    twin = await browser.new_page(viewport={"width": width, "height": 900})
    await twin.route(page.url, lambda route: route.fulfill(body=drawn, content_type="text/html"))
    await twin.goto(page.url)
    return twin


async def fits_sideways(page: Page) -> bool:
    return bool(
        await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    )


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


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
    for path in ("/nowhere", "/forbidden", "/unreachable", "/crash"):
        await page.goto(f"{served}{path}")
        assert await accessibility_faults(page) == []
    await signed_in(page, served)
    await page.goto(f"{served}/gallery?as_at=2016-09-01")
    assert await page.get_by_text("You are looking back.").is_visible()
    assert await page.get_by_role("button", name="Send the report").count() == 0
    await picture(page, "look-back")
