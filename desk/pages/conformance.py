"""What happened, held against what the notice itself asks for: late, skipped, out of order, dated otherwise."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from domain.identity import OccurrenceId
from projections.exports.conformance.finding import Finding
from projections.exports.conformance.verdict import COUNTED, Fitness, conformance
from projections.words import obligation_title

router = APIRouter(include_in_schema=False)
HEADINGS = {
    "late": "Late",
    "skipped": "Skipped",
    "out of order": "Out of order",
    "misdated": "Dated otherwise than the notice says",
}
COLUMNS = ("Obligation", "Judged", "Conform", "Share")


@router.get("/notice/{notice}/conformance")
async def how_it_conforms(request: Request, book: Book, notice: str) -> Response:
    """Reckoned from the terms, the calendar and the events, and not from what the engine believed."""
    held = book.notice(notice)
    verdict = conformance([each.record for each in book.history(notice)], notice, now_of(request))
    return await render(
        request,
        "conformance.html",
        notice=notice,
        notice_title=held.terms.title,
        verdict=verdict,
        counted=COUNTED,
        columns=COLUMNS,
        rows=[
            [obligation_title(held, name), *_in_words(each)]
            for name, each in verdict.by_obligation.items()
            if each.judged
        ],
        found=[
            (heading, [_shown(each) for each in verdict.findings if each.kind == kind])
            for kind, heading in HEADINGS.items()
        ],
    )


def _in_words(fitness: Fitness) -> tuple[str, str, str]:
    return str(fitness.judged), str(fitness.conforming), f"{fitness.share:.0%}"


def _shown(finding: Finding) -> dict[str, Any]:
    opened = finding.occurrence
    href = occurrence_page(OccurrenceId.parse(opened)) if opened else None
    return {"sentence": finding.sentence, "href": href}
