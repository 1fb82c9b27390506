"""Every notice that is open to whoever asks, and how each stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from desk.api.bearer import Reader
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Moment, Reading, readings
from desk.api.shapes import Page, shape_of
from domain.notice.state import Notice
from projections.clause_standing import WORST_FIRST
from projections.occurrence_sheet import occurrence_rows
from projections.overdue import NextDue, overdue
from projections.state.spelling import plain
from projections.tasks import all_tasks

router = APIRouter(tags=["Notices"])


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice. `phase`: in force, after-care, lifted, superseded or closed."""

    notice: str
    title: str
    issuer: str
    recipient: str
    issued: date
    runs_until: date
    zone: str
    phase: str


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One body that owes something: how much of that is overdue, and what falls due next."""

    obligor: str
    name: str
    overdue: int
    next_due: NextDue | None


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """How a notice stands. `standings` counts what has opened, `open_tasks` what is asked of anybody."""

    notice: NoticeRow
    standings: dict[str, int]
    open_tasks: int
    tracks: tuple[TrackRow, ...]


@router.get("/notices", response_model=Page[shape_of(NoticeRow)], responses=ANYWHERE)  # type: ignore[misc]
async def notices(
    caller: Reader, as_at: Moment = None, known_at: Moment = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """In the order of their names."""
    found = [each for read in await readings(caller, as_at, known_at) for each in read.book.notices()]
    return page_of(map(notice_row, found), lambda row: (row.notice,), cursor, limit, plain)


@router.get("/portfolio", response_model=Page[shape_of(PortfolioRow)], responses=ANYWHERE)  # type: ignore[misc]
async def portfolio(
    caller: Reader, as_at: Moment = None, known_at: Moment = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """The same, each with how it stands."""
    found = [(read, each) for read in await readings(caller, as_at, known_at) for each in read.book.notices()]
    return page_of(
        found, lambda pair: (pair[1].terms.id,), cursor, limit, lambda pair: plain(_portfolio_row(*pair))
    )


def notice_row(notice: Notice) -> NoticeRow:
    terms = notice.terms
    return NoticeRow(
        notice=terms.id,
        title=terms.title,
        issuer=notice.party_name(terms.issuer),
        recipient=notice.party_name(terms.recipient),
        issued=terms.issued,
        runs_until=terms.runs_until,
        zone=terms.zone,
        phase=notice.phase,
    )


def _portfolio_row(read: Reading, notice: Notice) -> PortfolioRow:
    name = notice.terms.id
    counted = Counter(row.standing for row in occurrence_rows(read.book, name, read.now))
    return PortfolioRow(
        notice=notice_row(notice),
        standings={words: counted[words] for words in WORST_FIRST if words in counted},
        open_tasks=len(all_tasks(read.book, name, read.now)),
        tracks=tuple(
            TrackRow(each.obligor, each.name, len(each.overdue), each.next_due)
            for each in overdue(read.book, name, read.now)
        ),
    )
