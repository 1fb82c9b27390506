"""Lists over several pages, and the links between those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

NEAR = 1
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class OnePage(Generic[Item]):
    """What stands on one page of a list; `page` counts from 1."""

    shown: Sequence[Item]
    page: int
    pages: int


def on_page(found: Sequence[Item], page: int, per_page: int) -> OnePage[Item]:
    """A page that there is not is the nearest one that there is."""
    pages = max(1, ceil(len(found) / per_page))
    page = min(max(page, 1), pages)
    return OnePage(found[(page - 1) * per_page : page * per_page], page, pages)


def page_numbers(page: int, pages: int, asked: Mapping[str, str], label: str) -> dict[str, Any] | None:
    """For `govukPagination`: the first, the last and those around this one; None for a single page.

    `asked`: by name, what else the address asks for; every link asks for it too.
    """
    if pages == 1:
        return None

    kept = {name: value for name, value in asked.items() if value}

    def link(number: int) -> str:
        return f"?{urlencode({**kept, 'page': number})}"

    return {
        "items": list(_items(page, pages, link)),
        "previous": {"href": link(page - 1)} if page > 1 else None,
        "next": {"href": link(page + 1)} if page < pages else None,
        "landmarkLabel": label,
    }


def _items(page: int, pages: int, link: Callable[[int], str]) -> Iterator[dict[str, Any]]:
    before = 0
    for number in range(1, pages + 1):
        if number not in (1, pages) and abs(number - page) > NEAR:
            continue
        if number > before + 1:
            yield {"ellipsis": True}
        yield {"number": number, "href": link(number), "current": number == page}
        before = number
