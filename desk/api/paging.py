"""Lists in parts. A cursor says after which row to go on, so that rows which are added meanwhile move nothing."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Query
from starlette.responses import JSONResponse, Response

from desk.api.problems import ProblemError

Row = TypeVar("Row")
Place = tuple[str | int, ...]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]


def page_of(
    rows: Iterable[Row],
    place: Callable[[Row], Place],
    cursor: str | None,
    limit: int,
    told: Callable[[Row], Any],
) -> Response:
    """The rows after the cursor, in the order of their places, which must differ."""
    placed = sorted(((place(row), row) for row in rows), key=lambda pair: pair[0])
    if cursor is not None:
        after = _read(cursor)
        if placed and _kinds(after) != _kinds(placed[0][0]):
            raise _unfit()
        placed = [pair for pair in placed if pair[0] > after]
    shown = placed[:limit]
    following = next_page(shown[-1][0]) if len(placed) > limit else None
    return JSONResponse({"items": [told(row) for _, row in shown], "next": following})


def _kinds(place: Place) -> list[type]:
    return [type(each) for each in place]


def number_after(cursor: str | None, largest: int) -> int | None:
    """Of a list whose places are one number each: that of the last row that was shown, from 1."""
    if cursor is None:
        return None
    found = _read(cursor)
    if len(found) != 1 or not isinstance(found[0], int) or not 1 <= found[0] <= largest:
        raise _unfit()
    return found[0]


def next_page(place: Place) -> str:
    """The cursor that goes on after a row."""
    return urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def _read(cursor: str) -> Place:
    try:
        found = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise _unfit() from None
    if not isinstance(found, list) or not found or not all(type(each) in {str, int} for each in found):
        raise _unfit()
    return tuple(found)


def _unfit() -> ProblemError:
    return ProblemError(422, "UnfitCursor", "That cursor is not one of this list. Begin again without it.")
