"""Lists over several pages, and the links between those."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

NEAR = 1


def page_numbers(page: int, pages: int, link: Callable[[int], str], label: str) -> dict[str, Any] | None:
    """For `govukPagination`: the first, the last and those around this one; None for a single page."""
    if pages == 1:
        return None
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
