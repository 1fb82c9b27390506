"""Who was sent what, when, what the provider answered, and what could not be delivered."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import event_page, occurrence_page
from desk.book import Book
from desk.language.speaking import worded
from desk.numbered import on_page, page_numbers
from desk.render import render
from desk.words import moment
from domain.case import Case
from domain.time.zones import zone_named
from projections.deliveries import MessageRow, deliveries_under
from projections.words import capital, occurrence_title

router = APIRouter(include_in_schema=False)
PER_PAGE = 25
COLUMNS = ("To", "About", "Because", "Called for", "What became of it")
OUTCOMES = ("waiting to be sent", "sent", "undeliverable")


@router.get("/notice/{notice}/deliveries")
async def deliveries(
    request: Request, book: Book, notice: str, person: str = "", outcome: str = "", page: int = 1
) -> Response:
    """The newest first."""
    terms = book.notice(notice).terms
    zone, everything = zone_named(terms.zone), deliveries_under(book, notice)
    found = [each for each in everything if _is_wanted(each[1], person, outcome)]
    here = on_page(found, page, PER_PAGE)
    return await render(
        request,
        "deliveries.html",
        notice=notice,
        notice_title=terms.title,
        counts=[(outcome, sum(row.delivery == outcome for _, row in everything)) for outcome in OUTCOMES],
        people=_choices("Everybody", person, sorted({(row.person, row.name) for _, row in everything})),
        outcomes=_choices("Everything", outcome, [(each, capital(each)) for each in OUTCOMES]),
        total=len(found),
        columns=COLUMNS,
        rows=[_row(case, row, zone) for case, row in here.shown],
        pages=page_numbers(
            here.page, here.pages, {"person": person, "outcome": outcome}, worded("Pages of the deliveries")
        ),
    )


def _is_wanted(row: MessageRow, person: str, outcome: str) -> bool:
    return person in ("", row.person) and outcome in ("", row.delivery)


def _choices(everything: str, chosen: str, found: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"value": value, "text": text, "selected": value == chosen}
        for value, text in (("", everything), *found)
    ]


def _row(case: Case, row: MessageRow, zone: ZoneInfo) -> list[Any]:
    when = f", {moment(row.settled_at, zone)}" if row.settled_at else ""
    answer = row.fault or row.answer
    channel = f" by {row.channel}" if row.channel else ""
    return [
        f"{row.name}, {row.role}",
        {
            "text": occurrence_title(case.notice, case.occurrence.facts),
            "href": occurrence_page(case.occurrence.id),
        },
        {"text": row.about, "href": event_page(row.index)},
        moment(row.called_for, zone),
        f"{capital(row.delivery)}{channel}{when}{f': {answer}' if answer else ''}",
    ]
