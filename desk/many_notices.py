"""A page about every notice, when there are more of them than somebody reads: found by words of the title, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from desk.language.speaking import worded
from desk.numbered import on_page, page_numbers

PER_PAGE = 20
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class SomeNotices(Generic[Item]):
    """Those of this page. `count` were found, of how many there are (`of`).

    `search` is for `govukInput`, `pages` for `govukPagination`; None where neither is needed.
    """

    shown: Sequence[Item]
    count: int
    of: int
    search: dict[str, Any] | None
    pages: dict[str, Any] | None


def some_notices(
    everything: Sequence[Item], title: Callable[[Item], str], words: str, page: int
) -> SomeNotices[Item]:
    """Of those whose title has these words; a page that there is not is the nearest one that there is."""
    wanted = words.strip().casefold()
    found = [each for each in everything if wanted in title(each).casefold()]
    here = on_page(found, page, PER_PAGE)
    return SomeNotices(
        here.shown,
        len(found),
        len(everything),
        search_field(words) if len(everything) > PER_PAGE or wanted else None,
        page_numbers(here.page, here.pages, {"notice": words.strip()}, worded("Pages of the notices")),
    )


def search_field(words: str) -> dict[str, Any]:
    """For `govukInput`: where a notice is asked for by words of its title."""
    return {
        "id": "notice",
        "name": "notice",
        "label": {"text": worded("Notice, by words of its title")},
        "value": words,
        "classes": "govuk-input--width-20",
    }
