"""In a language that nobody speaks every page still works: its furniture goes through the catalogue, and longer words break nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Browser

import desk
from desk.language import catalogue
from desk.language.speaking import LANGUAGES
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    take_scripts_out,
)
from tests.desk.markup import Element, tree_of
from tests.desk.pages.test_in_a_browser import PAGES, SEPTEMBER, sit_down
from tests.desk.pages.test_reading_in_a_browser import READING
from tests.desk.pages.year import CASE_LEAD, DIRECTOR, Seat
from tests.desk.pseudo import LANGUAGE, Pseudo

FURNITURE = {"a", "button", "dt", "h1", "h2", "h3", "label", "legend", "summary", "th", "title"}
SOURCE = Path(str(desk.__file__)).parent
TASK = f"{SEPTEMBER}/director"
SHOWN = sorted(
    {path for _, path in PAGES.values()} | set(READING.values()) | {"/nowhere", "/sessions", "/my-messages"}
)


# One is a piece of a component of GOV.UK's own, the other is also said by code.
KNOWN = {"page", "What happens next"}
ON_A_PHONE = (
    "/tasks",
    TASK,
    "/notice/lancashire-2016",
    "/history/lancashire-2016",
    "/nowhere",
    "/my-messages",
)


@pytest.fixture(autouse=True)
def _spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, LANGUAGE, "Nobody’s")
    real = catalogue.catalogue
    monkeypatch.setattr(catalogue, "catalogue", lambda code: Pseudo() if code == LANGUAGE else real(code))


@cache
def literals() -> set[str]:
    """Every string that stands in the templates and in the two bars of links: words of ours, not of the record.

    What other code puts together is not among them: `docs/languages.md` says that it is English still.
    """
    found = set()
    for path in (*SOURCE.rglob("templates/**/*.html"), *SOURCE.glob("*navigation.py")):
        for pair in re.findall(r'"([^"\n]{3,})"|>([^<>{}]{3,})<', path.read_text()):
            found |= {" ".join(each.split()) for each in pair}
    return found


def elements(inside: Element) -> Iterator[Element]:
    for each in inside.inside:
        if isinstance(each, Element):
            yield each
            yield from elements(each)


def words(element: Element) -> str:
    return " ".join(each if isinstance(each, str) else words(each) for each in element.inside)


def plain_words(page: str) -> set[str]:
    """What a page says in English in its furniture."""
    tree = tree_of(page.partition("<html")[2].join(("<html", "")))
    return {
        words(inner)
        for outer in elements(tree)
        if outer.name in FURNITURE
        for inner in elements(outer)
        if inner.attributes.get("lang") == "en"
    }


async def test_all_furniture_goes_through_the_catalogue(seat: Seat) -> None:
    left: dict[str, set[str]] = {}
    for person in (DIRECTOR, CASE_LEAD):
        client = await seat(person)
        client.cookies.set("language", LANGUAGE)
        for path in SHOWN:
            page = (await client.get(path, follow_redirects=True)).text
            assert f'<html lang="{LANGUAGE}"' in page, path
            ours = (plain_words(page) & literals()) - KNOWN
            if ours:
                left[path] = ours
    assert not left, {words for each in left.values() for words in each}


@NEEDS_CHROMIUM
async def test_longer_words_fit_a_phone_and_stay_accessible(browser: Browser, served: str) -> None:
    page, _ = await a_page(browser, 320, scripts=True)
    await sit_down(page, served, "Helen Marsh", "/tasks")
    await take_scripts_out(page)
    await page.goto(f"{served}/sign-in?lang={LANGUAGE}")
    for path in ON_A_PHONE:
        await page.goto(f"{served}{path}")
        await picture(page, f"longer{path.replace('/', '-')}")
        assert await fits_sideways(page), path
        assert await accessibility_faults(page) == [], path
    await page.goto(f"{served}/tasks")
    assert await page.locator("html").get_attribute("lang") == LANGUAGE
    assert await page.get_by_role("button", name="⟦").count() >= 1
