"""The chronology of a notice, and each event of the record in full."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.book import Book
from desk.happenings import with_waits
from desk.language.speaking import worded
from desk.looking_back import kept
from desk.numbered import page_numbers
from desk.render import render
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.chronology import chronology
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)


@router.get("/history")
async def histories(request: Request, book: Book) -> Response:
    """The history of the one notice, or a list where there are several."""
    found = book.notices()
    if len(found) == 1:
        return RedirectResponse(kept(request, f"/history/{found[0].terms.id}"), 303)
    listed = [{"title": each.terms.title, "href": f"/history/{each.terms.id}"} for each in found]
    return await render(request, "notices.html", title="History", notices=listed)


@router.get("/history/{notice}")
async def history(
    request: Request,
    book: Book,
    notice: str,
    order: str = "newest",
    occurrence: str = "",
    page: int = 1,
) -> Response:
    """Newest first unless the oldest are asked for; of one occurrence, if it is named."""
    newest_first = order != "oldest"
    about = _occurrence(notice, occurrence)
    shown = chronology(book, notice, about, newest_first=newest_first, page=page)
    zone = zone_named(shown.zone)
    return await render(
        request,
        "history.html",
        shown=shown,
        events=list(with_waits(shown.rows, zone)),
        occurrences=_choices(book, notice, about),
        about=about,
        order="newest" if newest_first else "oldest",
        pages=page_numbers(
            shown.page,
            shown.pages,
            {"order": order, "occurrence": occurrence},
            worded("Pages of the history"),
        ),
    )


def _occurrence(notice: str, name: str) -> OccurrenceId | None:
    """`obligation/period`, or the full name; raises NotFound when it is neither."""
    if not name:
        return None
    try:
        return OccurrenceId.parse(name if name.count("/") == 2 else f"{notice}/{name}")
    except ValueError as fault:
        raise NotFound(str(fault)) from None


def _choices(book: Casebook, notice: str, about: OccurrenceId | None) -> list[dict[str, Any]]:
    everything: list[dict[str, Any]] = [{"value": "", "text": "Everything", "selected": about is None}]
    return everything + [
        {
            "value": f"{each.id.obligation}/{each.id.period}",
            "text": occurrence_title(book.notice(notice), each.facts),
            "selected": each.id == about,
        }
        for each in book.occurrences(notice)
    ]
