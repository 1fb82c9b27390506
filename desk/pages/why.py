"""Why something stands as it does, on a page of its own: what an escalation file or an auditor needs, to be printed."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import event_page, occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.words import moment
from domain.identity import OccurrenceId
from domain.time.zones import zone_named
from projections.next_step import next_step
from projections.urgency import standing_in_words
from projections.why import why_it_stands
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)
KINDS = {
    "clause": "The clause",
    "rule": "The duty",
    "interpretation": "How it is read",
    "happened": "What happened",
    "computed": "What follows",
}


@router.get("/notice/{notice}/occurrences/{obligation}/{period}/why")
async def why(request: Request, book: Book, notice: str, obligation: str, period: str) -> Response:
    """The whole chain: each sentence with its kind, the moment from which it is true, and the event it rests on."""
    occurrence, now = OccurrenceId(notice, obligation, period), now_of(request)
    case = book.case(occurrence)
    zone = zone_named(case.notice.terms.zone)
    return await render(
        request,
        "why.html",
        title=occurrence_title(case.notice, case.occurrence.facts),
        notice_title=case.notice.terms.title,
        standing=standing_in_words(case, now),
        back=occurrence_page(occurrence),
        calendar=f"{case.notice.working_days.name}, edition {case.notice.working_days.edition}",
        chain=[
            {
                "kind": KINDS[reason.kind],
                "sentence": reason.sentence,
                "when": moment(reason.at, zone) if reason.at and reason.kind == "happened" else None,
                "source": f"Event {reason.index}" if reason.index else "Reckoned from the record",
                "href": event_page(reason.index) if reason.index else None,
            }
            for reason in why_it_stands(book, occurrence, now)
        ],
        following=next_step(case, now).sentence,
    )
