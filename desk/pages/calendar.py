"""What falls due, month by month."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from domain.refusals import NotFound
from domain.time.zones import local_date
from projections.due_calendar import CalendarEntry, CalendarMonth, due_calendar

router = APIRouter(include_in_schema=False)
EVERYTHING = "all"


@router.get("/notice/{notice}/calendar")
async def calendar(request: Request, book: Book, notice: str, month: str = "") -> Response:
    """One month, this one if none is named (`2016-10`), or the notice's whole life (`all`)."""
    terms, now = book.notice(notice).terms, now_of(request)
    months = due_calendar(book, notice, now)
    today = local_date(now, terms.zone)
    first = None if month == EVERYTHING else _month(month) if month else today.replace(day=1)
    chosen = months if first is None else [each for each in months if each.first == first]
    here = f"/notice/{notice}/calendar"
    return await render(
        request,
        "calendar.html",
        notice_title=terms.title,
        month=f"{first:%B %Y}" if first else None,
        months=[_shown(each, today) for each in chosen],
        previous=first and _link(here, first + relativedelta(months=-1)),
        next=first and _link(here, first + relativedelta(months=1)),
        whole=f"{here}?month={EVERYTHING}" if first else None,
        this_month=here,
    )


def _month(text: str) -> date:
    """Raises NotFound."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = date.max
    if not 1900 <= found.year <= 2199:
        raise NotFound(f"“{text}” is no month.")
    return found


def _link(here: str, first: date) -> dict[str, str]:
    return {"href": f"{here}?month={first:%Y-%m}", "text": f"{first:%B %Y}"}


def _shown(month: CalendarMonth, today: date) -> dict[str, Any]:
    return {"name": f"{month.first:%B %Y}", "entries": [_entry(each, today) for each in month.entries]}


def _entry(each: CalendarEntry, today: date) -> dict[str, Any]:
    return {
        "day": f"{each.day:%A} {each.day.day}",
        "iso": each.day.isoformat(),
        "today": each.day == today,
        "title": each.title,
        "href": occurrence_page(each.occurrence) if each.occurrence else None,
        "what": f"{each.what}{', if nothing changes until then' if each.projected else ''}",
        "who": each.who,
        "clause": each.clause,
        "standing": None if each.standing is None else _standing(each.standing),
    }


def _standing(words: str) -> str:
    return "to come" if words == "not open" else words
