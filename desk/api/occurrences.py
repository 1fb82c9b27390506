"""What is owed: each occurrence with its days, its why, its history and what has come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from desk.api.events import EventRow
from desk.api.notices import Order, history_page
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Name, OfNotice
from desk.api.shapes import Page, shape_of
from desk.api.versions import ETAG, tagged
from domain.case import Case
from domain.events.owing import SectionAnswered
from domain.occurrence.consideration import Consideration
from domain.occurrence.plan import Plan
from domain.occurrence.state import Review
from domain.reach import plans
from domain.refusals import NotFound
from domain.reporting.drafting import draft as begin
from projections.deliveries import MessageRow, deliveries
from projections.occurrence_sheet import OccurrenceRow, OccurrenceSheet, occurrence_rows, occurrence_sheet
from projections.state.spelling import plain
from projections.why import Reason, why_it_stands

router = APIRouter(prefix="/notices/{notice}/occurrences", tags=["Occurrences"], responses=ANYWHERE)
ONE = "/{obligation}/{period}"


@dataclass(frozen=True, slots=True)
class OccurrenceAnswer:
    """`version`: that of its ETag."""

    version: int
    sheet: OccurrenceSheet


async def _case(read: OfNotice, notice: Name, obligation: Name, period: Name) -> Case:
    return read.case(notice, obligation, period)


OneCase = Annotated[Case, Depends(_case)]


@router.get("", response_model=Page[shape_of(OccurrenceRow)])  # type: ignore[misc]
async def occurrences(
    read: OfNotice, notice: Name, obligation: str | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """What has opened, by due day; of one obligation, if it is named."""
    rows = occurrence_rows(read.book, notice, read.now, obligation)
    return page_of(rows, lambda row: (plain(row.due_on), str(row.occurrence)), cursor, limit, plain)


@router.get(ONE, response_model=shape_of(OccurrenceAnswer), responses={200: ETAG})
async def one_occurrence(read: OfNotice, case: OneCase) -> Response:
    """One of them: its days, what came of it, its ladder, and what happens next."""
    version = case.occurrence.version
    answer = OccurrenceAnswer(version, occurrence_sheet(case, read.now))
    return tagged(plain(answer), None if read.is_past else version)


@router.get(f"{ONE}/why", response_model=list[shape_of(Reason)])  # type: ignore[misc]
async def why(read: OfNotice, case: OneCase) -> Response:
    """Why it stands where it stands: a chain of sentences, each with its event."""
    return JSONResponse(plain(why_it_stands(read.book, case.occurrence.id, read.now)))


@router.get(f"{ONE}/history", response_model=Page[shape_of(EventRow)])  # type: ignore[misc]
async def history(
    read: OfNotice, case: OneCase, order: Order = "newest", cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """What has happened to it."""
    return history_page(read, case.occurrence.id, order, cursor, limit)


@router.get(f"{ONE}/messages", response_model=list[shape_of(MessageRow)])  # type: ignore[misc]
async def messages(read: OfNotice, case: OneCase) -> Response:
    """Who was to be told what, and what became of each message."""
    return JSONResponse(plain(deliveries(case, read.book.history(case.occurrence.id))))


@router.get(f"{ONE}/draft", response_model=list[shape_of(SectionAnswered)])  # type: ignore[misc]
async def draft(read: OfNotice, case: OneCase) -> Response:
    """A report, begun from the record of the plan, as `submit-report` takes it."""
    held = {each.id: each for each in read.book.occurrences(case.notice.terms.id)}
    kept = (held[each].plan for each in plans(case.notice) if each in held)
    plan = next((each for each in kept if each.exists), Plan())
    facts = case.occurrence.facts
    begun = {each.section: each for each in begin(case.notice, facts, plan, read.now)}
    sections = [begun.get(each.id, SectionAnswered(each.id, "")) for each in facts.sections]
    return JSONResponse(plain(sections))


@router.get(f"{ONE}/plan", response_model=shape_of(Plan))
async def plan(case: OneCase) -> Response:
    """The improvement plan that it keeps, every version, with the last word on each objective."""
    if not case.occurrence.plan.exists:
        raise NotFound("It holds no plan.")
    return JSONResponse(plain(case.occurrence.plan))


@router.get(f"{ONE}/review", response_model=shape_of(Review))
async def review(case: OneCase) -> Response:
    """A review as it was planned, moved and notified, with what it found."""
    return JSONResponse(plain(case.occurrence.review))


@router.get(f"{ONE}/consideration", response_model=shape_of(Consideration))
async def consideration(case: OneCase) -> Response:
    """A consideration: why it was opened, who was heard, what was proposed and decided, and by whom."""
    if case.occurrence.consideration is None:
        raise NotFound("It is no consideration.")
    return JSONResponse(plain(case.occurrence.consideration))
