"""How a notice is read, what was corrected, what was brought up, and what was decided with what in view."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Reader
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Name, OfNotice, reading_now, sees_all_of
from desk.api.shapes import Page, shape_of
from domain.identity import OccurrenceId
from projections.corrections import CorrectionRow, corrections
from projections.decision_replay import DecisionThen, as_open_in, decisions_on
from projections.escalations import Escalations, escalations
from projections.judgements import JudgementRow, judgements
from projections.past.lately import past_of
from projections.past.moments import EVERYTHING
from projections.readings import Reading as ReadingOfClause
from projections.readings import readings
from projections.state.spelling import plain

router = APIRouter(prefix="/notices/{notice}", tags=["Judging"], responses=ANYWHERE)


@router.get("/interpretations", response_model=list[shape_of(ReadingOfClause)])  # type: ignore[misc]
async def interpretations(read: OfNotice, notice: Name) -> Response:
    """How the notice is read where its text leaves it open, and which due days each ruling moved."""
    return JSONResponse(plain(readings(read.book, notice)))


@router.get("/corrections", response_model=Page[shape_of(CorrectionRow)])  # type: ignore[misc]
async def corrected(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What has been corrected, and what somebody proposes to correct, by the number of the event that it is about."""
    rows = enumerate(sorted(corrections(read.book, notice), key=lambda row: row.event))
    return page_of(rows, lambda pair: (pair[1].event, pair[0]), cursor, limit, lambda pair: plain(pair[1]))


@router.get("/escalations", response_model=shape_of(Escalations))
async def brought_up(read: OfNotice, notice: Name) -> Response:
    """What has been brought up, what was referred, what is considered, and which powers there are."""
    return JSONResponse(plain(escalations(read.book, notice, read.caller.token.person, read.now)))


@router.get("/decisions", response_model=Page[shape_of(JudgementRow)])  # type: ignore[misc]
async def decisions(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Each act of judgement of a person, the newest first."""
    return page_of(judgements(read.book, notice), lambda row: (-row.index,), cursor, limit, plain)


@router.get("/occurrences/{obligation}/{period}/decisions", response_model=list[shape_of(DecisionThen)])  # type: ignore[misc]
async def decided(caller: Reader, notice: Name, obligation: Name, period: Name) -> Response:
    """Those on one occurrence, each with what whoever decided had before them, and what became known only later."""
    book, name = (await reading_now(caller)).book, OccurrenceId(notice, obligation, period)
    book.case(name)
    found = decisions_on(past_of(caller.ports.casebook, EVERYTHING, notice), name)
    whole = sees_all_of(caller, notice)
    return JSONResponse(plain([as_open_in(book, each, whole=whole) for each in found]))
