"""One person walks through the desk; after every step the page is held to what every page is held to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    Response,
    TimeoutError,  # noqa: A004 - it is the one that a locator raises
)

from tests.desk.browsing import PICTURES, accessibility_faults, fits_sideways, given_up
from tests.front_door.conftest import ROOT
from tests.journeys.stack import PATIENCE, Stack

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 900}
TALLEST = 1800  # pixels of a picture; what lies below is left out
KEPT_IN = ROOT / "docs" / "pictures" / "journeys"
# What differs between two drawings of one and the same page.
_TOKENS = re.compile(r'name="(?:form_token|slip|seen)" value="[^"]*"')


class Walk:
    """One person in a browser of their own.

    A walk is made at a desk (1280 px, with scripts) or, if `plain`, on a telephone (320 px, without scripts). `look`, which
    follows every step, examines the page as it is: axe finds nothing, nothing is wider than the screen, and the browser has
    nothing to complain of. What a picture is taken of is examined at 320 px without scripts too; that all other pages are
    is the task of `test_every_page_state.py`.
    """

    def __init__(self, stack: Stack, page: Page, examiner: Page, *, plain: bool) -> None:
        self.stack, self.page, self.examiner, self.plain = stack, page, examiner, plain
        self.complaints: list[str] = []
        self._document: Response | None = None
        self.examined: set[str] = set()
        self._refused: set[str] = set()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("response", self._remember)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._miss)

    # Steps: each ends with a look.

    async def sign_in(self, person: str, then: str = "/tasks") -> None:
        """As a persona of the demonstration, by their id."""
        await self.page.goto(f"{self.stack.desk}/sign-in?next={then}")
        await self.page.locator(f'input[name="persona"][value="{person}"]').check()
        await self.press("Sign in")

    async def open(self, path: str) -> None:
        await self.page.goto(path if path.startswith("http") else f"{self.stack.desk}{path}")
        await self.look()

    async def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """The first link of this name. A name as text is the whole name."""
        await self._go(
            (within or self.page).get_by_role("link", name=name, exact=isinstance(name, str)).first
        )

    async def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """The first button of this name."""
        await self._go(
            (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).first
        )

    async def _go(self, what: Locator) -> None:
        async with self._or_say_what_is_there():
            await what.wait_for()
        async with self.page.expect_navigation():
            await what.click()
        await self.look()

    async def look(self) -> None:
        document = await self.document()
        where = self.page.url.removeprefix(self.stack.desk)
        assert self.complaints == [], where
        assert await fits_sideways(self.page), where
        seen = sha256(_TOKENS.sub("", document).encode()).hexdigest()
        if seen in self.examined:
            return
        self.examined.add(seen)
        if self.plain:
            await self.examine_plain(document, where)
        else:
            assert await accessibility_faults(self.page) == [], where

    async def examine_plain(self, document: str, where: str) -> None:
        if not self.examiner.url.startswith(self.stack.desk):
            await self.examiner.goto(f"{self.stack.desk}/livez")
        await self.examiner.context.add_cookies(await self.page.context.cookies())  # type: ignore[arg-type]
        await self.examiner.set_content(re.sub(r"<script.*?</script>", "", document, flags=re.DOTALL))
        assert await accessibility_faults(self.examiner) == [], f"{where}, narrow and without scripts"
        assert await fits_sideways(self.examiner), f"{where}, narrow and without scripts"

    # Within a page.

    async def fill(self, label: str | re.Pattern[str], text: str) -> None:
        await self.page.get_by_label(label).first.fill(text)

    async def check(self, label: str | re.Pattern[str]) -> None:
        """A radio or a checkbox."""
        await self.page.get_by_label(label).first.check()

    async def day(self, group: str, day: date) -> None:
        """A date in its three fields."""
        fields = self.page.get_by_role("group", name=group)
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            await fields.get_by_label(label).fill(str(value))

    async def sees(self, text: str | re.Pattern[str]) -> None:
        async with self._or_say_what_is_there():
            await self.page.get_by_text(text).locator("visible=true").first.wait_for()

    async def sees_heading(self, name: str | re.Pattern[str]) -> None:
        async with self._or_say_what_is_there():
            await self.page.get_by_role("heading", name=name).first.wait_for()

    @asynccontextmanager
    async def _or_say_what_is_there(self) -> AsyncIterator[None]:
        try:
            yield
        except TimeoutError as fault:
            raise AssertionError(f"{fault.message}\nAt {self.page.url}:\n{await self.text()}") from None

    async def does_not_see(self, text: str | re.Pattern[str]) -> None:
        assert await self.page.get_by_text(text).locator("visible=true").count() == 0

    async def text(self) -> str:
        """All that the main part says, on one line."""
        return " ".join((await self.page.locator("main").inner_text()).split())

    async def download(self, name: str | re.Pattern[str], into: Path) -> Path:
        """Follow a link (or press a button) that hands out a file."""
        link = self.page.get_by_role("link", name=name, exact=isinstance(name, str))
        button = self.page.get_by_role("button", name=name, exact=isinstance(name, str))
        async with self._or_say_what_is_there():
            await link.or_(button).first.wait_for()
        async with self.page.expect_download() as coming:
            await link.or_(button).first.click()
        download: Download = await coming.value
        file = into / download.suggested_filename
        await download.save_as(file)
        return file

    async def picture(self, name: str) -> None:
        """Keep the page as `docs/pictures/journeys/NAME.png`; `name` is `<who>-<need>`."""
        if not self.plain:
            await self.examine_plain(await self.document(), name)
        if PICTURES:
            KEPT_IN.mkdir(parents=True, exist_ok=True)
            height = min(TALLEST, int(await self.page.evaluate("document.documentElement.scrollHeight")))
            area = {"x": 0, "y": 0, "width": (NARROW if self.plain else WIDE)["width"], "height": height}
            await self.page.screenshot(path=KEPT_IN / f"{name}.png", full_page=True, clip=area)  # type: ignore[arg-type]

    # What the browser says.

    async def document(self) -> str:
        """The document as the desk sent it, before any script has touched it."""
        assert self._document is not None, "nothing has been opened"
        return await self._document.text()

    def _remember(self, response: Response) -> None:
        request = response.request
        if not request.is_navigation_request() or response.frame != self.page.main_frame:
            return
        if response.status >= 400:
            self._refused.add(response.url)
        if not 300 <= response.status < 400:
            self._document = response

    def _hear(self, message: ConsoleMessage) -> None:
        """A page that was refused is a 4xx on purpose, and the browser says so too."""
        meant = (
            message.text.startswith("Failed to load resource") and message.location["url"] in self._refused
        )
        if message.type in {"error", "warning"} and not meant:
            self.complaints.append(message.text)

    def _miss(self, request: Request) -> None:
        if not given_up(request):
            self.complaints.append(f"failed: {request.url}")


async def new_walk(browser: Browser, stack: Stack, *, plain: bool) -> Walk:
    screen = NARROW if plain else WIDE
    context = await browser.new_context(viewport=screen, java_script_enabled=not plain, accept_downloads=True)  # type: ignore[arg-type]
    examining = await browser.new_context(viewport=NARROW)  # type: ignore[arg-type]
    return Walk(stack, await context.new_page(), await examining.new_page(), plain=plain)
