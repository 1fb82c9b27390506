"""The reviews of a notice: the gap, the pack, what was found and what came of it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.words import day, days_left, moment, short_day
from domain.time.zones import zone_named
from projections.review_sheet import FindingRow, PackRow, ReviewSheet, reviews

router = APIRouter(include_in_schema=False)
PACK = ("What is wanted", "Clause", "Due", "Standing")


@router.get("/notice/{notice}/reviews")
async def all_reviews(request: Request, book: Book, notice: str) -> Response:
    """The next one first."""
    terms = book.notice(notice).terms
    zone = zone_named(terms.zone)
    found = [_review(each, zone) for each in reviews(book, notice, now_of(request))]
    return await render(request, "reviews.html", notice_title=terms.title, reviews=found, columns=PACK)


def _review(sheet: ReviewSheet, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "href": occurrence_page(sheet.occurrence),
        "standing": sheet.standing,
        "facts": [
            ("Conducted by", sheet.conducted_by),
            ("Clause", sheet.clause),
            ("Runs from", day(sheet.last_held) if sheet.last_held else None),
            ("Latest day", day(sheet.due_on)),
            ("Time left", None if sheet.days_left is None else days_left(sheet.days_left, sheet.due_on)),
            ("Planned for", _planned(sheet)),
            ("Reviewers", ", ".join(sheet.reviewers) or None),
            ("About", sheet.scope),
            ("Themes", ", ".join(sheet.themes) or None),
            ("Held on", day(sheet.held_on) if sheet.held_on else None),
            ("Days since the one before", str(sheet.gap_days) if sheet.gap_days is not None else None),
        ],
        "moves": [f"From {day(was)} to {day(now)}: {why}" for was, now, why in sheet.moves],
        "summary": sheet.summary,
        "letter": sheet.letter,
        "pack": [_part(each) for each in sheet.pack],
        "items": [
            {"title": item.title, "said": _said_of(item.confirmed_by, item.refused_because)}
            for part in sheet.pack
            for item in part.items
        ],
        "findings": [_finding(each, zone) for each in sheet.findings],
    }


def _planned(sheet: ReviewSheet) -> str | None:
    if sheet.starts_on is None:
        return None if sheet.held_on else "No day yet"
    if sheet.ends_on is None or sheet.ends_on == sheet.starts_on:
        return day(sheet.starts_on)
    return f"{day(sheet.starts_on)} to {day(sheet.ends_on)}"


def _part(row: PackRow) -> list[Any]:
    title = {"text": row.title, "href": occurrence_page(row.occurrence)}
    return [title, row.clause, day(row.due_on), row.standing.capitalize()]


def _said_of(confirmed_by: str | None, refused_because: str | None) -> str:
    if confirmed_by:
        return f"provided, as {confirmed_by} confirmed"
    return f"not provided: {refused_because}" if refused_because else "nothing has been said of it yet"


def _finding(row: FindingRow, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": row.id,
        "text": row.text,
        "standing": "closed" if row.closed else "past its day" if row.past_its_day else "open",
        "facts": [
            ("To be done", row.action),
            ("By", f"{row.owner}{f', by the end of {short_day(row.due_on)}' if row.due_on else ''}"),
            *(("Done", _who(said, by, moment(at, zone))) for said, by, at in row.done),
            *(("Followed up", _who(said, by, moment(at, zone))) for said, by, at in row.seen),
        ],
    }


def _who(said: str, by: str, when: str) -> str:
    return f"{said} ({by}, {when})"
