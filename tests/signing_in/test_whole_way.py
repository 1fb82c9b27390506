"""The whole way to a provider and back in a real browser, over real HTTP: the mock, and a certified one of npm.

The certified one, oidc-provider, is installed by .ci/run; where it is missing, its test is skipped and says so.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Browser, Page, async_playwright

from desk.oidc.mapping import ClaimMapping
from desk.oidc.provider import Provider, ProviderSettings
from tests.desk.browsing import (
    ARGUMENTS,
    CHROMIUM,
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.signing_in.conftest import PASSWORD, Desk, MakeDesk, Persona

ROOT = Path(__file__).parents[2]
JUDGES = Path(os.environ.get("FORTHWITH_JUDGES", ROOT / ".judges"))
MAPPING = ClaimMapping.model_validate(
    {"person": "preferred_username", "roles": {"auditor": ["forthwith-auditors"]}}
)
HELEN = {"sub": "helen", "preferred_username": "helen-marsh", "name": "Helen Marsh"}
STRANGER = {"sub": "stranger", "preferred_username": "not-here"}
GIVEN_UP_AFTER = 30
THERE, HERE = range(22100, 22150), range(22150, 22200)

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests here; each looks through pages of its own."""
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


def free_port(ports: range) -> int:
    """One of these, which no outgoing connection is given."""
    for port in ports:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No free loopback port in {ports}.")


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=10)


async def answers(process: subprocess.Popen[bytes], issuer: str) -> None:
    async with asyncio.timeout(GIVEN_UP_AFTER), httpx2.AsyncClient() as http:
        while True:
            assert process.poll() is None, process.communicate()[1].decode()
            try:
                if (await http.get(f"{issuer}/.well-known/openid-configuration")).is_success:
                    return
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def served(app: FastAPI, port: int) -> AsyncIterator[None]:
    """In this loop, because the database's connections belong to it."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def provider_of(command: Callable[[int], list[str]]) -> AsyncIterator[str]:
    """A provider on loopback; gives its address."""
    port = free_port(THERE)
    issuer = f"http://127.0.0.1:{port}"
    with running(command(port), AUTHLIB_INSECURE_TRANSPORT="1") as process:
        await answers(process, issuer)
        yield issuer


@pytest.fixture(scope="session")
async def mock() -> AsyncIterator[str]:
    people = [f"--user-claims={json.dumps(each)}" for each in (HELEN, STRANGER)]
    async with provider_of(
        lambda port: [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", "true", *people]
    ) as issuer:
        yield issuer


@asynccontextmanager
async def desk_that_trusts(issuer: str, make_desk: MakeDesk, port: int) -> AsyncIterator[tuple[Desk, str]]:
    """A desk on loopback; gives it and its address."""
    url = f"http://127.0.0.1:{port}"
    settings = ProviderSettings(
        issuer, "forthwith", "between us", url, "the county’s account", mapping=MAPPING
    )
    desk = await make_desk(Provider(settings))
    async with served(desk.app, port):
        yield desk, url


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, False)], ids=["wide", "phone, no scripts"]
)
async def test_through_the_mock_there_and_back_and_out_again(
    make_desk: MakeDesk, mock: str, browser: Browser, width: int, scripts: bool
) -> None:
    async with desk_that_trusts(mock, make_desk, free_port(HERE)) as (desk, url):
        page, complaints = await a_page(browser, width, scripts)
        await without_its_decoration(page)
        await page.goto(f"{url}/sessions")
        await looked_at(page, browser, scripts, f"sign-in-live-{width}")
        await page.get_by_role("button", name="Sign in with the county’s account").click()
        await page.locator("button[value=helen]").click()
        await page.wait_for_url(f"{url}/sessions")
        assert await page.get_by_text("Chrome on Linux").count() == 1
        await looked_at(page, browser, scripts, f"your-sessions-{width}")
        (row,) = await desk.sessions.all("helen-marsh")
        assert row.way == "provider"
        assert complaints == []
        await page.get_by_role("button", name="Sign out").click()
        await page.wait_for_url("**/oauth2/end_session?**")
        assert "id_token_hint=ey" in page.url
        assert await desk.sessions.all() == []
        await page.locator("form button").first.click()
        await page.wait_for_url(f"{url}/sign-in?signed-out*")
        assert await page.get_by_text("You have signed out.").is_visible()


async def test_whoever_is_nobody_here_reads_a_sentence_and_an_answer_is_taken_once(
    make_desk: MakeDesk, mock: str, browser: Browser
) -> None:
    async with desk_that_trusts(mock, make_desk, free_port(HERE)) as (desk, url):
        page, _ = await a_page(browser, 320, scripts=True)
        await without_its_decoration(page)
        await page.goto(f"{url}/sign-in/provider")
        await page.locator("[value=stranger]").click()
        await page.get_by_role("heading", name="You have not been signed in").wait_for()
        assert await page.get_by_text("you hold no role under any notice").is_visible()
        await looked_at(page, browser, True, "sign-in-refused")
        used = page.url
        await page.goto(used)
        assert await page.get_by_text("belongs to no sign-in that was begun in this browser").is_visible()
        assert await desk.sessions.all() == []


async def test_a_password_is_set_and_used_in_a_browser(make_desk: MakeDesk, browser: Browser) -> None:
    desk, port = await make_desk(), free_port(HERE)
    link = await desk.invited()
    async with served(desk.app, port):
        page, complaints = await a_page(browser, 320, scripts=True)
        await page.goto(f"http://127.0.0.1:{port}/sign-in/link/{link}")
        await page.get_by_label("New password").fill("Sunshine2026!")
        await page.get_by_role("button", name="Set the password").click()
        await page.get_by_role("link", name="one of those that are tried first").click()
        assert await page.evaluate("document.activeElement.id") == "password"
        await looked_at(page, browser, True, "set-password")
        await page.get_by_label("New password").fill(PASSWORD)
        await page.get_by_role("button", name="Set the password").click()
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_label("Sign-in name").fill("helen-marsh")
        await page.get_by_label("Password", exact=True).fill("not this one at all")
        await page.get_by_role("button", name="Sign in").click()
        await looked_at(page, browser, True, "sign-in-password")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("link", name="Your sessions").click()
        await page.get_by_role("button", name="End all, this one too").click()
        await page.get_by_text("You have signed out.").wait_for()
        assert [each for each in complaints if "status of 422" not in each] == []
        assert await desk.sessions.all() == []


async def test_the_pages_of_accounts_and_the_change_of_a_password_in_a_browser(
    make_desk: MakeDesk, browser: Browser
) -> None:
    desk, port = await make_desk(), free_port(HERE)
    owen = Persona("owen-castell", "Owen Castell", (), "")
    link = await desk.invited(owen, roles=("administrator", "auditor"))
    async with served(desk.app, port):
        page, complaints = await a_page(browser, 320, scripts=True)

        async def look(name: str) -> None:
            await looked_at(page, browser, True, name)

        async def press(name: str) -> None:
            await page.get_by_role("button", name=name, exact=True).click()

        await page.goto(f"http://127.0.0.1:{port}/sign-in/link/{link}")
        await page.get_by_label("New password").fill(PASSWORD)
        await press("Set the password and go in")
        await page.goto(f"http://127.0.0.1:{port}/accounts")
        await look("accounts")
        await press("Add somebody")
        await press("Add them")
        await page.get_by_role("link", name="Enter the identifier, such as helen-marsh").wait_for()
        await look("accounts-add-error")
        await page.get_by_label("Their identifier in the notices").fill("helen-marsh")
        await press("Add them")
        await page.get_by_role("heading", name="A link for helen-marsh").wait_for()
        await look("accounts-link")
        await page.get_by_role("link", name="Their account").click()
        await look("account")
        await press("Shut them out")
        await page.get_by_text("helen-marsh is shut out.").wait_for()
        await look("account-shut-out")
        await page.goto(f"http://127.0.0.1:{port}/access")
        await page.get_by_label("What", exact=True).select_option("Did something to an account")
        await press("Show")
        await page.get_by_text("Shut helen-marsh out; sessions ended: 0.").first.wait_for()
        await look("access-of-accounts")
        await page.goto(f"http://127.0.0.1:{port}/sessions")
        await press("Change your password")
        await look("change-password")
        await press("Change it")
        await page.get_by_role("link", name="Enter your new password").wait_for()
        await look("change-password-error")
        await page.get_by_label("Your password as it is now").fill(PASSWORD)
        await page.get_by_label("New password").fill("copper willow lantern")
        await press("Change it")
        await page.get_by_text("Your password is changed").wait_for()
        await look("password-changed")
        assert [each for each in complaints if "status of 422" not in each] == []


async def test_through_a_certified_provider_with_pkce_roles_and_logout_from_behind(
    make_desk: MakeDesk, browser: Browser
) -> None:
    if shutil.which("node") is None or not (JUDGES / "node_modules/oidc-provider").is_dir():
        pytest.skip("NO CERTIFIED PROVIDER: npm's oidc-provider 9 is missing; .ci/run installs it in .judges")
    port = free_port(HERE)
    judge = ["node", str(Path(__file__).parent / "judges" / "provider.mjs"), str(JUDGES)]
    async with (
        provider_of(lambda there: [*judge, str(there), f"http://127.0.0.1:{port}"]) as issuer,
        desk_that_trusts(issuer, make_desk, port) as (desk, url),
    ):
        page, _ = await a_page(browser, 1280, scripts=True)
        await page.goto(f"{url}/sessions")
        await page.get_by_role("button", name="Sign in with the county’s account").click()
        await page.locator("input[name=login]").fill("helen")
        await page.locator("input[name=password]").fill("any")
        await page.locator("button[type=submit]").click()
        await page.get_by_role("button", name="Continue").click()
        await page.wait_for_url(f"{url}/sessions")
        assert await page.get_by_text("Director of children’s services, Auditor").is_visible()
        elsewhere, _ = await a_page(browser, 1280, scripts=True)
        await elsewhere.context.add_cookies(await page.context.cookies(url))
        await elsewhere.goto(f"{url}/sessions")
        assert elsewhere.url == f"{url}/sessions"
        # The provider itself says, from behind, that the session is over.
        await page.goto(f"{issuer}/session/end")
        await page.get_by_role("button", name="Yes, sign me out").click()
        await page.wait_for_url("**/session/end/success**")
        assert await desk.sessions.all() == []
        await elsewhere.goto(f"{url}/sessions")
        assert "/sign-in" in elsewhere.url


async def without_its_decoration(page: Page) -> None:
    """The mock's pages ask for a style sheet from far away, and for an icon that they do not have."""
    for address in ("https://cdn.jsdelivr.net/**", "**/favicon.ico"):
        await page.route(address, lambda route: route.fulfill(body="", content_type="text/css"))


async def looked_at(page: Page, browser: Browser, scripts: bool, name: str) -> None:
    await picture(page, name)
    seen = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(seen) == []
    assert await fits_sideways(page)
