"""One notice: its clauses and obligations, its people, everything that it calls for, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from desk.api.events import EventRow, event_row
from desk.api.paging import Cursor, Limit, page_of
from desk.api.portfolio import NoticeRow, notice_row
from desk.api.problems import ANYWHERE
from desk.api.reading import Name, OfNotice, Reading
from desk.api.shapes import Page, shape_of
from desk.api.versions import ETAG, tagged
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.refusals import NotFound
from domain.terms.clauses import Interpretation
from domain.terms.obligations import Obligation
from domain.terms.parties import Party, Role
from domain.time.due import describe
from domain.time.zones import local_date
from projections.clause_standing import ClauseStanding, ObligationStanding, standing_of_clauses
from projections.overdue import Track, overdue
from projections.people import RoleRow, people
from projections.state.spelling import plain
from projections.still_expected import dated

router = APIRouter(prefix="/notices/{notice}", tags=["Notices"], responses=ANYWHERE)
Order = Annotated[Literal["oldest", "newest"], Query(description="Which come first.")]


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A notice with where each clause stands, and what is overdue and whose it is. `version`: that of its ETag."""

    notice: NoticeRow
    version: int
    parties: tuple[Party, ...]
    roles: tuple[Role, ...]
    clauses: tuple[ClauseStanding, ...]
    interpretations: tuple[Interpretation, ...]
    tracks: tuple[Track, ...]


@dataclass(frozen=True, slots=True)
class ObligationSheet:
    """An obligation as the notice has it, the rule for its day in words, and where it stands."""

    obligation: str
    rule: str | None
    terms: Obligation
    standing: ObligationStanding


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """Something that the notice calls for. `projected`: it hangs on what has not happened yet."""

    occurrence: OccurrenceId
    title: str
    clause: str
    obligor: str
    obligee: str
    assignee: str
    opens: datetime
    due: datetime
    due_on: date
    projected: bool


@router.get("", response_model=shape_of(NoticeSheet), responses={200: ETAG})
async def one_notice(read: OfNotice, notice: Name) -> Response:
    """Everything about one notice."""
    found = read.book.notice(notice)
    sheet = NoticeSheet(
        notice=notice_row(found),
        version=found.version,
        parties=found.parties,
        roles=found.roles,
        clauses=standing_of_clauses(read.book, notice, read.now),
        interpretations=found.interpretations,
        tracks=overdue(read.book, notice, read.now),
    )
    return tagged(plain(sheet), None if read.is_past else found.version)


@router.get("/obligations", response_model=Page[shape_of(ObligationSheet)])  # type: ignore[misc]
async def obligations(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What is owed under it, in the order of their names."""
    return page_of(_obligations(read, notice), lambda each: (each.obligation,), cursor, limit, plain)


@router.get("/obligations/{obligation}", response_model=shape_of(ObligationSheet))
async def one_obligation(read: OfNotice, notice: Name, obligation: Name) -> Response:
    """One of them."""
    found = next((each for each in _obligations(read, notice) if each.obligation == obligation), None)
    if found is None:
        raise NotFound(f"The notice has no obligation “{obligation}”.")
    return JSONResponse(plain(found))


@router.get("/schedule", response_model=Page[shape_of(ScheduleRow)])  # type: ignore[misc]
async def schedule(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Everything with a due day, what is still to come included, by due instant."""
    found = read.book.notice(notice)
    rows = (_schedule_row(found, each) for each in dated(found, read.book.occurrences(notice)))
    return page_of(rows, lambda row: (plain(row.due), str(row.occurrence)), cursor, limit, plain)


@router.get("/people", response_model=list[shape_of(RoleRow)])  # type: ignore[misc]
async def roles(read: OfNotice, notice: Name, on: date | None = None) -> Response:
    """Who holds each role on a day, today if none is named, and who stands in for whom."""
    found = read.book.notice(notice)
    return JSONResponse(plain(people(found, on or local_date(read.now, found.terms.zone))))


@router.get("/history", response_model=Page[shape_of(EventRow)])  # type: ignore[misc]
async def history(
    read: OfNotice, notice: Name, order: Order = "newest", cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """What has happened under it, event by event."""
    return history_page(read, notice, order, cursor, limit)


def history_page(
    read: Reading, of: str | OccurrenceId, order: str, cursor: str | None, limit: int
) -> Response:
    sign = 1 if order == "oldest" else -1
    return page_of(
        read.book.history(of),
        lambda entry: (sign * entry.index,),
        cursor,
        limit,
        lambda entry: plain(event_row(read.book, entry)),
    )


def _obligations(read: Reading, notice: str) -> list[ObligationSheet]:
    terms = {each.id: each for each in read.book.notice(notice).obligations}
    return [
        ObligationSheet(each.obligation, _rule(terms[each.obligation]), terms[each.obligation], each)
        for clause in standing_of_clauses(read.book, notice, read.now)
        for each in clause.obligations
    ]


def _rule(obligation: Obligation) -> str | None:
    due = getattr(obligation, "due", None)
    return describe(due) if due else None


def _schedule_row(notice: Notice, each: Expected) -> ScheduleRow:
    terms = each.obligation
    return ScheduleRow(
        occurrence=each.id,
        title=each.title,
        clause=terms.clause,
        obligor=notice.party_name(terms.obligor),
        obligee=notice.party_name(terms.obligee),
        assignee=terms.assignee,
        opens=each.opens,
        due=each.due,
        due_on=each.due_on,
        projected=each.projected,
    )
