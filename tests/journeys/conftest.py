"""The real demonstration and a real browser, for the journeys of the people who use it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.desk.browsing import ARGUMENTS, CHROMIUM
from tests.front_door.conftest import new_home
from tests.journeys.stack import Stack, live_through_the_past, on_a_copy
from tests.journeys.walking import Walk, new_walk

WalkAs = Callable[..., Awaitable[Walk]]


@pytest.fixture(scope="session")
def lived() -> Iterator[tuple[Path, Path]]:
    """A past that was lived through once, at rest; and the place at which a demonstration lives on it."""
    with new_home() as home:
        live_through_the_past(home)
        kept = home.with_name("kept")
        home.rename(kept)
        yield kept, home


@pytest.fixture(scope="module")
def demonstration(lived: tuple[Path, Path]) -> Iterator[Stack]:
    """One for each file: it begins with the same past, and no other person's journey has touched it."""
    with on_a_copy(*lived) as stack:
        yield stack


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def walk_as(browser: Browser, demonstration: Stack) -> AsyncIterator[WalkAs]:
    """`await walk_as("helen-marsh", at="/tasks", plain=True)`: that person is signed in, and there."""
    walks: list[Walk] = []

    async def begin(person: str | None, at: str = "/tasks", *, plain: bool = False) -> Walk:
        walks.append(walk := await new_walk(browser, demonstration, plain=plain))
        if person:
            await walk.sign_in(person, at)
        return walk

    yield begin
    for walk in walks:
        await walk.page.context.close()
        await walk.examiner.context.close()
