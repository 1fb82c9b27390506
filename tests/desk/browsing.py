"""A real browser at the desk, and what every page is held to in it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page, Request, Route

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

NEEDS_CHROMIUM = pytest.mark.skipif(
    not (CHROMIUM.exists() or shutil.which("chromium")),
    reason="chromium is not installed (apt-get install chromium)",
)


SCREENS = pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (320, True), (1280, False), (320, False)],
    ids=str,
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
    page.on(
        "requestfailed",
        lambda request: None if given_up(request) else complaints.append(f"failed: {request.url}"),
    )
    return page, complaints


def given_up(request: Request) -> bool:
    """The browser itself gives up what a page was still fetching when somebody leaves it: no fault of the page."""
    return request.failure == "net::ERR_ABORTED"


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


async def take_scripts_out(page: Page) -> None:
    """From now on this page gets every document without its scripts, so that axe, which is itself one, can look at it."""

    async def whole_but_for_scripts(route: Route) -> None:
        answer = await route.fetch(max_redirects=0)
        body = re.sub(r"<script.*?</script>", "", await answer.text(), flags=re.DOTALL)
        await route.fulfill(response=answer, body=body)

    await page.route(
        lambda url: "/static/" not in url and not url.endswith((".svg", ".ico")), whole_but_for_scripts
    )


async def fits_sideways(page: Page) -> bool:
    return bool(
        await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    )


async def picture(page: Page, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
