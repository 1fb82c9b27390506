"""Two moments of one notice beside each other: what is different between them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import event_page, occurrence_page
from desk.book import Book, book_as_of
from desk.looking_back import look_of, now_of
from desk.ports import Persona
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import moment
from domain.time.zones import zone_named
from projections.differences import Difference, View, differences
from projections.past.moments import Moments
from projections.past.naming import UnfitMoment, moments_named
from projections.standing_then import standing_then

router = APIRouter(include_in_schema=False)
COLUMNS = ("When", "What", "In words", "Event")
NAMES = ("The day", "The day as known on")


@router.get("/notice/{notice}/compare")
async def compare(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """Of two days, each as it is known now, or as it was known on another day."""
    terms = book.notice(notice).terms
    asked = {name: request.query_params.get(name, "").strip() for name in FIELDS}
    errors: dict[str, str] = {}
    sides = [_side(request, asked, side, terms.zone, errors) for side in ("from", "to")]
    if asked["from"] or asked["to"]:
        _in_order(sides, errors)
    found = _found(request, persona, notice, sides) if all(sides) and not errors else None
    return await render(
        request,
        "compare.html",
        status=422 if errors else 200,
        notice=notice,
        notice_title=terms.title,
        asked=asked,
        errors=errors,
        columns=COLUMNS,
        **(_shown(found, sides, zone_named(terms.zone)) if found else {"rows": None}),
    )


FIELDS = ("from", "from_known", "to", "to_known")


def _side(
    request: Request, asked: dict[str, str], side: str, zone: str, errors: dict[str, str]
) -> Moments | None:
    """The moments of one side; None where no day was given. The second day is today if it is left empty."""
    as_at, known = asked[side] or None, asked[f"{side}_known"] or None
    if side == "from" and as_at is None:
        if asked["to"] or known:
            errors["from"] = "Enter the earlier day"
        return None
    limit = look_of(request).moments
    try:
        return moments_named(as_at, known, zone, limit.known_at if limit else now_of(request), NAMES)
    except UnfitMoment as fault:
        field = f"{side}_known" if str(fault).startswith(NAMES[1]) else side
        errors[field] = str(fault).rstrip(".")
        return None


def _in_order(sides: list[Moments | None], errors: dict[str, str]) -> None:
    before, after = sides
    if before and after and before.as_at > after.as_at:
        errors["to"] = "The second day must not come before the first"


def _found(
    request: Request, persona: Persona, notice: str, sides: list[Moments | None]
) -> tuple[list[View], tuple[Difference, ...], list[str]]:
    views = [
        View(book_as_of(request, persona, notice, each), each.as_at) for each in sides if each is not None
    ]
    stood = [_stood(view, notice) for view in views]
    return views, differences(views[0], views[1], notice), stood


def _stood(view: View, notice: str) -> str:
    known = {each.terms.id for each in view.book.notices()}
    return standing_then(view.book, notice, view.now).sentence if notice in known else "Not issued yet."


def _shown(
    found: tuple[list[View], tuple[Difference, ...], list[str]], sides: list[Moments | None], zone: ZoneInfo
) -> dict[str, Any]:
    _, different, stood = found
    return {
        "rows": [_row(each, zone) for each in different],
        "stood": [(_when(side, zone), sentence) for side, sentence in zip(sides, stood, strict=True) if side],
    }


def _when(side: Moments, zone: ZoneInfo) -> str:
    return f"{moment(side.as_at, zone)}, as known on {moment(side.known_at, zone)}"


def _row(each: Difference, zone: ZoneInfo) -> list[Any]:
    words: Any = each.sentence
    if each.occurrence:
        words = {"text": each.sentence, "href": occurrence_page(each.occurrence)}
    event: Any = {"text": str(each.event), "href": event_page(each.event)} if each.event else "–"
    return [_moment(each.at, zone), each.what.capitalize(), words, event]


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return moment(at, zone)
