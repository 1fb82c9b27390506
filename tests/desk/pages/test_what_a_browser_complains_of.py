"""Whether the ear that the browser tests have for complaints hears what it should, and nothing else."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Browser, Route

from tests.desk.browsing import NEEDS_CHROMIUM, a_page

pytestmark = NEEDS_CHROMIUM


async def test_a_style_sheet_that_does_not_arrive_is_a_complaint(browser: Browser, served: str) -> None:
    page, complaints = await a_page(browser, 1280, scripts=True)
    await page.route("**/*.css", lambda route: route.abort("connectionfailed"))
    await page.goto(f"{served}/sign-in")
    assert [each for each in complaints if each.startswith("failed:")] != []
    await page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "plain"])
async def test_leaving_a_page_before_all_of_it_came_is_none(
    browser: Browser, served: str, scripts: bool
) -> None:
    page, complaints = await a_page(browser, 320, scripts)
    never = asyncio.Event()

    async def withhold(route: Route) -> None:
        if route.request.url.endswith(".css") and not never.is_set():
            never.set()
            return
        await route.continue_()

    await page.route("**/*", withhold)
    await page.goto(f"{served}/sign-in", wait_until="commit")
    await asyncio.wait_for(never.wait(), 10)
    await page.goto(f"{served}/sign-in")
    assert complaints == []
    await page.context.close()
