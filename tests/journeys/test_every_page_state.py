"""Every state of every page, held against axe at 1280 and at 320 px, as it is drawn without scripts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page

from desk.pages.registry import PAGES
from tests.desk.browsing import NEEDS_CHROMIUM, fits_sideways
from tests.desk.pages.test_every_act_has_a_form import (
    COMMANDS,
    FORMS,
    ISSUED,
    NOTICE,
    Desk,
    desk,
    hidden,
    where,
)
from tests.journeys.house import House, furnish
from tests.journeys.stack import Stack
from tests.journeys.states import NO_PAGE, STATES, TURNED_AWAY, State
from tests.journeys.walking import NARROW, WIDE

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]
__all__ = ["desk"]

# What depends on the width of the window; all else is the same at every width, and looked for at one.
OF_THE_LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
_TOKENS = re.compile(r'name="(?:form_token|slip|seen)" value="[^"]*"')
_SCRIPTS = re.compile(r"<script.*?</script>", re.DOTALL)


def pages_to_read() -> set[str]:
    """Every address of the registry that answers somebody who reads."""
    return {
        route.path
        for router in PAGES
        for route in router.routes
        if "GET" in getattr(route, "methods", ()) and not route.path.startswith("/acts/")
    }


def test_every_page_of_the_registry_is_visited() -> None:
    assert pages_to_read() == STATES.keys() | NO_PAGE.keys()
    assert not STATES.keys() & NO_PAGE.keys()


@pytest.fixture(scope="module")
def house(demonstration: Stack) -> Iterator[House]:
    made = House(demonstration)
    try:
        furnish(made)
        yield made
    finally:
        made.close()


class Examiner:
    """One window, in which one document after another is looked at, with the styles that it brings itself."""

    def __init__(self, page: Page, desk_at: str) -> None:
        self.page, self.desk_at = page, desk_at
        self._seen: set[str] = set()

    async def faults(self, document: str) -> list[str]:
        """What axe finds, and that the page is wider than a telephone. A document is looked at once."""
        bare = _TOKENS.sub("", _SCRIPTS.sub("", document))
        digest = sha256(bare.encode()).hexdigest()
        if digest in self._seen:
            return []
        self._seen.add(digest)
        if not self.page.url.startswith(self.desk_at):
            await self.page.goto(f"{self.desk_at}/livez")
        await self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        await self.page.set_content(bare)
        found = await self._axe({"resultTypes": ["violations"]})
        if not await fits_sideways(self.page):
            found.append("It is wider than 320 px.")
        await self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        only = {"type": "rule", "values": OF_THE_LAYOUT}
        return [*found, *await self._axe({"resultTypes": ["violations"], "runOnly": only})]

    async def _axe(self, options: dict[str, object]) -> list[str]:
        found = (await Axe().run(self.page, options=options)).response
        assert found["passes"], "axe looked at nothing"
        return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.fixture(scope="module")
async def examiner(browser: Browser, demonstration: Stack) -> AsyncIterator[Examiner]:
    context = await browser.new_context(viewport=NARROW, bypass_csp=True)  # type: ignore[arg-type]
    yield Examiner(await context.new_page(), demonstration.desk)
    await context.close()


async def faults_of(house: House, examiner: Examiner, state: State) -> list[str]:
    answer = house.ask(state)
    if state.status and answer.status_code != state.status:
        return [f"{state}: answered {answer.status_code}, not {state.status}"]
    if "text/html" not in answer.headers.get("content-type", ""):
        return [f"{state}: it is no page, but {answer.status_code} {answer.headers.get('content-type')}"]
    return [f"{state}: {fault}" for fault in await examiner.faults(answer.text)]


@pytest.mark.parametrize("page", sorted(STATES))
async def test_every_state_of_a_page_is_accessible(house: House, examiner: Examiner, page: str) -> None:
    found = [fault for state in STATES[page].all() for fault in await faults_of(house, examiner, state)]
    assert found == []


async def test_pages_that_turn_people_away_are_accessible(house: House, examiner: Examiner) -> None:
    found = [fault for state in TURNED_AWAY for fault in await faults_of(house, examiner, state)]
    assert found == []


@pytest.mark.parametrize("act", sorted(FORMS))
async def test_the_form_of_an_act_is_accessible_with_and_without_its_error(
    desk: Desk, examiner: Examiner, act: str
) -> None:
    form = FORMS[act]
    subject, make, actor = COMMANDS[act]
    await desk.begin(act, subject)
    command = make(replace(ISSUED, notice=desk.book.notice(NOTICE)))
    page, place = where(desk, form, subject, command, actor.id)
    client = await desk.seat(actor.id)
    shown = await client.get(page, params=place.asked)
    carried = {name: hidden(shown.text, name) for name in ("form_token", "slip", "seen")}
    refused = await client.post(page, params=place.asked, data=carried)
    assert [*await examiner.faults(shown.text), *await examiner.faults(refused.text)] == []
    await client.aclose()
