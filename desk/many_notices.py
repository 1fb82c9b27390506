"""A page about every notice, when there are more of them than somebody reads: found by words of the title, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from desk.language.speaking import worded
from desk.numbered import page_numbers

PER_PAGE = 20
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class SomeNotices(Generic[Item]):
    """Those of this page. `of`: how many there are; `search` is for `govukInput`, `pages` for `govukPagination`."""

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
    pages = max(1, ceil(len(found) / PER_PAGE))
    page = min(max(page, 1), pages)

    def link(number: int) -> str:
        asked = {"notice": words.strip(), "page": str(number)}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    return SomeNotices(
        found[(page - 1) * PER_PAGE : page * PER_PAGE],
        len(found),
        len(everything),
        _search(words) if len(everything) > PER_PAGE or wanted else None,
        page_numbers(page, pages, link, worded("Pages of the notices")),
    )


def _search(words: str) -> dict[str, Any]:
    return {
        "id": "notice",
        "name": "notice",
        "label": {"text": worded("Notice, by words of its title")},
        "value": words,
        "classes": "govuk-input--width-20",
    }
