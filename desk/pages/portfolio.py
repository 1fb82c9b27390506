"""All notices on one page: what is due next, who is late, how far it went, and the time left until the next review."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import exposure_page, notice_page, occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.many_notices import some_notices
from desk.render import render
from desk.words import day, days_left, moment
from domain.time.zones import zone_named
from projections.portfolio import PortfolioRow, portfolio_in_turns
from projections.words import joined

router = APIRouter(include_in_schema=False)


@router.get("/portfolio")
async def all_notices(request: Request, book: Book, notice: str = "", page: int = 1) -> Response:
    """The worst first; those with some words in their title, if that is asked."""
    rows = await portfolio_in_turns(book, now_of(request))
    some = some_notices(rows, lambda row: row.title, notice, page)
    return await render(request, "portfolio.html", some=some, notices=[_shown(row) for row in some.shown])


def _shown(row: PortfolioRow) -> dict[str, Any]:
    late, due, gap, zone = row.late, row.next_due, row.gap, zone_named(row.zone)
    return {
        "title": row.title,
        "href": notice_page(row.notice),
        "standing": "overdue" if late else "nothing overdue",
        "recipient": row.recipient,
        "exposure": exposure_page(row.notice),
        "phase": row.phase,
        "late": [{"who": who, "count": count} for who, count in late],
        "facts": [
            ("Overdue", "; ".join(f"{who}: {count}" for who, count in late) or "Nothing, of anybody"),
            (
                "Furthest step taken",
                f"{_ACTS[row.highest.do]} {joined(row.highest.whom)}, {moment(row.highest.at, zone)}"
                if row.highest
                else None,
            ),
            ("Left until the next review", days_left(gap.days_left, gap.last_day) if gap else None),
            ("Met so far", f"{row.met}, of which {row.met_late} late" if row.met_late else str(row.met)),
            ("Runs until", day(row.runs_until)),
        ],
        "next": due
        and {
            "title": due.title,
            "href": occurrence_page(due.occurrence) if due.opened else None,
            "due": day(due.due_on),
            "clause": due.clause,
        },
    }


_ACTS = {
    "remind": "Reminded",
    "overdue": "Told that it is overdue:",
    "escalate": "Brought to",
    "assess": "Assessment asked of",
    "refer": "Referred for consideration to",
}
