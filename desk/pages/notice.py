"""A notice: where each clause stands, what is overdue and whose it is, its year, and how it is read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.acts.offered import on_notice
from desk.addresses import notice_page, occurrence_page, power_page
from desk.book import Book
from desk.looking_back import kept, now_of
from desk.overdue_told import shown_track
from desk.paper.printing import pdf_answer
from desk.paper.year import year_sheet
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, within
from desk.year_picture import COLUMNS, has_steps, year_drawing, year_in_words, year_key, year_rows
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.terms.clauses import Interpretation
from domain.time.zones import zone_named
from projections.clause_standing import NO_DATES, ClauseStanding, ObligationStanding, standing_of_clauses
from projections.escalations import escalations
from projections.notice_year import notice_year
from projections.overdue import overdue
from projections.words import body, capital, clause_name, role_title

router = APIRouter(include_in_schema=False)
STRENGTH = {"must": "Must", "should": "Should", "may": "May"}


@router.get("/notice")
async def notices(request: Request, book: Book) -> Response:
    """The one notice, or a list where there are several."""
    found = book.notices()
    if len(found) == 1:
        return RedirectResponse(kept(request, notice_page(found[0].terms.id)), 303)
    listed = [{"title": each.terms.title, "href": notice_page(each.terms.id)} for each in found]
    return await render(request, "notices.html", title="Notices", notices=listed)


@router.get("/notice/{notice_id}")
async def one_notice(request: Request, persona: SignedIn, book: Book, notice_id: str) -> Response:
    """Everything about one notice on one page."""
    now = now_of(request)
    notice = book.notice(notice_id)
    zone = zone_named(notice.terms.zone)
    year = notice_year(book, notice_id, now)
    tracks = overdue(book, notice_id, now)
    return await render(
        request,
        "notice.html",
        terms=notice.terms,
        facts=_facts(notice),
        tracks=[shown_track(track, zone, day) for track in tracks],
        late=sum(len(track.overdue) for track in tracks),
        clauses=[_clause(each) for each in standing_of_clauses(book, notice_id, now)],
        year=year_drawing(year),
        year_words=year_in_words(year),
        year_key=year_key(year),
        has_steps=has_steps(year),
        year_columns=COLUMNS,
        year_rows=year_rows(year),
        readings=[_reading(notice, each) for each in notice.interpretations],
        acts=[
            *((each.href, each.text) for each in on_notice(book, notice_id, persona, now).values()),
            *(
                (power_page(notice_id, each.obligation, "concern"), "Raise a concern")
                for each in escalations(book, notice_id, persona.id, now).powers
                if each.may_raise_concern
            ),
        ],
    )


@router.get("/notice/{notice}/year")
async def year_on_one_page(request: Request, book: Book, notice: str) -> Response:
    """The year drawn, and whose turn it is: one page of paper."""
    sheet = year_sheet(book, notice, now_of(request))
    return await render(request, "year.html", sheet=sheet, year_columns=COLUMNS, here=notice_page(notice))


@router.get("/notice/{notice}/year.pdf")
async def year_as_pdf(request: Request, book: Book, notice: str) -> Response:
    """The same sheet as a file."""
    sheet = year_sheet(book, notice, now_of(request))
    return await pdf_answer(request, "year", f"year-{notice}", sheet=sheet)


def _facts(notice: Notice) -> list[tuple[str, str | None]]:
    terms = notice.terms
    signed = terms.signature
    return [
        ("Issued by", capital(body(notice, terms.issuer))),
        ("Issued to", capital(body(notice, terms.recipient))),
        ("Issued on", day(terms.issued)),
        ("Runs until", f"{day(terms.runs_until)}, unless it is continued"),
        ("Signed by", f"{signed.name}, {signed.title}" if signed else None),
        ("Powers it refers to", terms.power),
    ]


def _clause(each: ClauseStanding) -> dict[str, Any]:
    return {
        "id": each.clause,
        "within": each.within,
        "heading": each.heading,
        "by_editor": each.by_editor,
        "text": each.text,
        "strength": STRENGTH.get(each.strength),
        "whose": f"{each.obligor} to {within(each.obligee)}"
        if each.obligor and each.obligee
        else each.obligor,
        "standing": each.standing if each.standing != NO_DATES else None,
        "obligations": [_obligation(one) for one in each.obligations if one.standing != NO_DATES],
        "undated": [one.title for one in each.obligations if one.standing == NO_DATES],
    }


def _obligation(each: ObligationStanding) -> dict[str, Any]:
    counts = ", ".join(
        f"{count} {'to come' if words == 'not open' else words}" for words, count in each.counts
    )
    return {"title": each.title, "counts": counts, "href": _leads(each.leads)}


def _leads(occurrence: OccurrenceId | None) -> str | None:
    return occurrence_page(occurrence) if occurrence else None


def _reading(notice: Notice, reading: Interpretation) -> dict[str, Any]:
    return {
        "clause": capital(clause_name(notice, reading.clause)),
        "question": reading.question,
        "ruling": reading.ruling,
        "basis": reading.basis,
        "by": role_title(notice, reading.ruled_by),
    }
