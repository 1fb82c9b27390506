"""The obligations of a notice, and each of them with its clause and every occurrence."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import on_notice
from desk.addresses import obligation_page, occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.time.zones import zone_named
from projections.clause_standing import NO_DATES, standing_of_clauses
from projections.obligation_sheet import KINDS, ObligationSheet, obligation_sheet
from projections.occurrence_sheet import OccurrenceRow
from projections.words import capital

router = APIRouter(include_in_schema=False)
COLUMNS = ("Obligation", "Clause", "Kind", "Owed by", "Standing")
OCCURRENCES = ("Occurrence", "Due by the end of", "Standing", "Arrived")


@router.get("/notice/{notice}/obligations")
async def obligations(request: Request, book: Book, notice: str) -> Response:
    """All of them, in the order of the clauses."""
    clauses = standing_of_clauses(book, notice, now_of(request))
    rows = [
        [
            {"text": each.title, "href": obligation_page(notice, each.obligation)},
            clause.clause,
            KINDS[each.kind],
            each.obligor,
            "–" if each.standing == NO_DATES else _standing(each.standing),
        ]
        for clause in clauses
        for each in clause.obligations
    ]
    title = book.notice(notice).terms.title
    return await render(request, "obligations.html", notice_title=title, columns=COLUMNS, rows=rows)


@router.get("/notice/{notice}/obligations/{obligation}")
async def one_obligation(
    request: Request, persona: SignedIn, book: Book, notice: str, obligation: str
) -> Response:
    """Its clause in the words of the notice, what follows from it, and where each occurrence stands."""
    sheet = obligation_sheet(book, notice, obligation, now_of(request))
    acts = on_notice(book, notice, persona, now_of(request)).values()
    about = ((each.about(obligation=obligation), each.text) for each in acts if "obligation" in each.choices)
    zone = zone_named(book.notice(notice).terms.zone)
    opened = [_opened(each, moment(each.met_at, zone) if each.met_at else "–") for each in sheet.opened]
    to_come = [
        [each.title, day(each.due_on), "To come, day projected" if each.projected else "To come", "–"]
        for each in sheet.to_come
    ]
    return await render(
        request,
        "obligation.html",
        sheet=sheet,
        facts=_facts(sheet),
        columns=OCCURRENCES,
        rows=[*opened, *to_come],
        acts=[(href, text) for href, text in about if href is not None],
    )


def _opened(row: OccurrenceRow, arrived: str) -> list[Any]:
    due = day(row.due_on)
    if row.due_on != row.first_due_on:
        due = f"{due}; at first {day(row.first_due_on)}"
    return [
        {"text": row.title, "href": occurrence_page(row.occurrence)},
        due,
        _standing(row.standing) + (", late" if row.late else ""),
        arrived,
    ]


def _standing(words: str) -> str:
    return "To come" if words == "not open" else capital(words)


def _facts(sheet: ObligationSheet) -> list[tuple[str, str | None]]:
    return [
        ("Kind", sheet.kind),
        ("Strength", capital(sheet.strength)),
        ("Owed by", sheet.obligor),
        ("Owed to", sheet.obligee),
        ("Falls to", sheet.assignee),
        ("Accepted by", sheet.accepted_by),
        ("Due", sheet.rule),
        ("What it has to say", "; ".join(sheet.sections) or None),
        ("Owed no more", "It was ended" if sheet.ended else None),
    ]
