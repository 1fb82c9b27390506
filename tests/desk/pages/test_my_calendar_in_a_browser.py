"""Making, copying and revoking the address of a calendar in a real browser."""

from __future__ import annotations

from playwright.async_api import Browser

from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.test_in_a_browser import SCREENS, sit_down

pytestmark = NEEDS_CHROMIUM


@SCREENS
async def test_the_officer_makes_copies_and_revokes_an_address(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await sit_down(page, served, "Priya Nandra", "/my-calendar")

    async def looks_right(state: str) -> None:
        await picture(page, f"my-calendar-{state}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], state
        assert await fits_sideways(page), state

    await looks_right("without")
    mine = page.get_by_role("region", name="What is mine")
    await mine.get_by_role("button", name="Make an address").click()
    field = mine.get_by_label("The address of this calendar")
    address = await field.input_value()
    assert address.startswith(f"{served}/feeds/")
    assert (await page.context.request.get(address)).status == 200
    if scripts:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await mine.get_by_role("button", name="Copy the address").click()
        await mine.get_by_text("The address is copied.").wait_for()
        assert await page.evaluate("navigator.clipboard.readText()") == address
    else:
        assert await mine.get_by_role("button", name="Copy the address").count() == 0
    await looks_right("made")
    await page.goto(f"{served}/my-calendar")
    assert await page.get_by_text("An address is in force.").count() == 1
    await mine.get_by_role("button", name="Revoke the address").click()
    await page.get_by_text("The address is revoked.").wait_for()
    await looks_right("revoked")
    assert (await page.context.request.get(address)).status == 404
    assert complaints == []
    await page.context.close()
