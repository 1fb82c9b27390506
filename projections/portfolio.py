"""Every notice on one line: what falls due next, who is late, how far it has gone, and the time left until a review."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.case import Case
from domain.notice.state import Notice
from domain.occurrence.standing import was_late
from domain.terms.obligations import MaximumGapReview
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.inbox import END, INSTANT, changes_at
from projections.overdue import HighestRung, NextDue, Track, overdue
from projections.turns import AT_ONCE, give_way
from projections.words import body, capital


@dataclass(frozen=True, slots=True)
class ReviewGap:
    """The review that is awaited. `days_left`: calendar days, 0 on its last day, negative once the gap is too long."""

    title: str
    last_day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One notice. `late`: how many things each obligor owes that are overdue, those that owe none left out.

    `highest`: the step furthest up that was taken on anything that is overdue. `met_late` counts what came, but late.
    """

    notice: str
    title: str
    zone: str
    recipient: str
    phase: str
    runs_until: date
    next_due: NextDue | None
    late: tuple[tuple[str, int], ...]
    highest: HighestRung | None
    gap: ReviewGap | None
    met: int
    met_late: int


def portfolio(book: Casebook, now: datetime) -> tuple[PortfolioRow, ...]:
    """Every notice that is open to whoever asks; what is furthest overdue and soonest due first."""
    rows = [row_under(book, notice, now) for notice in book.notices()]
    return tuple(sorted(rows, key=_order))


async def portfolio_in_turns(book: Casebook, now: datetime) -> tuple[PortfolioRow, ...]:
    """The same; between one notice and the next, others are answered."""
    for number, notice in enumerate(book.notices(), start=1):
        is_new = _kept_under(book, notice, now).since == now
        if is_new or number % AT_ONCE == 0:
            await give_way()
    return portfolio(book, now)


def row_under(book: Casebook, notice: Notice, now: datetime) -> PortfolioRow:
    """One notice; kept until something happens under it, or until time alone changes what is told."""
    return _kept_under(book, notice, now).row


@dataclass(frozen=True, slots=True)
class _KeptRow:
    row: PortfolioRow
    since: datetime
    until: datetime


def _kept_under(book: Casebook, notice: Notice, now: datetime) -> _KeptRow:
    return book.kept(
        notice.terms.id,
        "portfolio",
        local_date(now, notice.terms.zone),
        lambda: _kept_row(book, notice.terms.id, now),
        lambda found: found.since <= now < found.until,
    )


def _kept_row(book: Casebook, notice_id: str, now: datetime) -> _KeptRow:
    """What is awaited next is not awaited any more after the instant at which it is due."""
    row = _row(book, notice_id, now)
    next_due = row.next_due.due + INSTANT if row.next_due else END
    return _KeptRow(row, now, min(next_due, changes_at(book, notice_id, now)))


def _order(row: PortfolioRow) -> tuple[int, datetime, str]:
    late = -sum(count for _, count in row.late)
    return late, row.next_due.due if row.next_due else datetime.max.replace(tzinfo=UTC), row.notice


def _row(book: Casebook, notice_id: str, now: datetime) -> PortfolioRow:
    notice, tracks, cases = book.notice(notice_id), overdue(book, notice_id, now), book.cases(notice_id)
    met = [case for case in cases if case.occurrence.is_met]
    return PortfolioRow(
        notice=notice_id,
        title=notice.terms.title,
        zone=notice.terms.zone,
        recipient=capital(body(notice, notice.terms.recipient)),
        phase=notice.phase,
        runs_until=notice.terms.runs_until,
        next_due=_next(tracks),
        late=tuple((track.name, len(track.overdue)) for track in tracks if track.overdue),
        highest=_highest(tracks),
        gap=review_gap(cases, now),
        met=len(met),
        met_late=sum(was_late(case.occurrence) for case in met),
    )


def _next(tracks: tuple[Track, ...]) -> NextDue | None:
    found = [track.next_due for track in tracks if track.next_due]
    return min(found, key=lambda each: (each.due, each.occurrence), default=None)


def _highest(tracks: tuple[Track, ...]) -> HighestRung | None:
    found = [row.highest for track in tracks for row in track.overdue if row.highest]
    return max(found, key=lambda each: (_UPWARD.index(each.do), each.at), default=None)


def review_gap(cases: tuple[Case, ...], now: datetime) -> ReviewGap | None:
    """The next review that has to be held; None where none is awaited."""
    waiting = [
        case
        for case in cases
        if not case.occurrence.is_over
        and isinstance(case.notice.find_obligation(case.occurrence.facts.obligation), MaximumGapReview)
    ]
    first = min(waiting, key=lambda case: case.occurrence.facts.due, default=None)
    if first is None:
        return None
    last_day, today = first.occurrence.facts.due_on, local_date(now, first.notice.terms.zone)
    return ReviewGap(first.occurrence.facts.title, last_day, (last_day - today).days)


_UPWARD = ("remind", "overdue", "assess", "escalate", "refer")
