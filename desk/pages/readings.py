"""How the notice is read, and what each ruling has brought about."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import on_notice
from desk.addresses import event_page, obligation_page, occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import moment, short_day
from domain.time.zones import zone_named
from projections.readings import Reading, Ruling, readings
from projections.words import capital, clause_name

router = APIRouter(include_in_schema=False)


@router.get("/notice/{notice}/readings")
async def all_readings(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """In the notice's own order."""
    held = book.notice(notice)
    zone = zone_named(held.terms.zone)
    revise = on_notice(book, notice, persona, now_of(request)).get("revise-interpretation")
    found = [
        {
            **_reading(each, capital(clause_name(held, each.clause)), notice, zone),
            "revise": revise.about(reading=each.id) if revise else None,
        }
        for each in readings(book, notice)
    ]
    return await render(request, "readings.html", notice_title=held.terms.title, readings=found)


def _reading(reading: Reading, clause: str, notice: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": reading.id,
        "clause": clause,
        "question": reading.question,
        "rests": [
            {"title": title, "href": obligation_page(notice, obligation), "count": count}
            for obligation, title, count in reading.rests_on
        ],
        "rulings": [_ruling(each, zone) for each in reversed(reading.rulings)],
    }


def _ruling(ruling: Ruling, zone: ZoneInfo) -> dict[str, Any]:
    revised = ruling.was is not None
    return {
        "href": event_page(ruling.index),
        "source": f"Event {ruling.index}",
        "facts": [
            ("Ruling", ruling.ruling),
            ("Basis", ruling.basis),
            ("Ruled by", ruling.by),
            ("On", moment(ruling.at, zone)),
            ("It was read before as", ruling.was),
            ("Revised because", ruling.reason),
        ],
        "effect": ruling.in_words if revised else None,
        "moved": [
            [
                {"text": each.title, "href": occurrence_page(each.occurrence)},
                short_day(each.was),
                short_day(each.now),
                capital(each.effect) if each.effect else "–",
                {"text": f"Event {each.index}", "href": event_page(each.index)},
            ]
            for each in ruling.moved
        ],
    }
