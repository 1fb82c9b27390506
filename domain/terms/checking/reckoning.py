"""Can every day be reckoned? They are tried once, so that none fails when it is needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.chasing.timing import rung_day
from domain.terms.checking.fault import TermFault
from domain.terms.checking.ladders import BASES
from domain.terms.checking.obligations import rule_fits
from domain.terms.ladders import Ladder, Rung
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import (
    CalendarPeriods,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    RecurringReport,
)
from domain.time.calendar import HolidayCalendar
from domain.time.due import due_date
from domain.time.periods import Period, anniversary_periods, calendar_periods


@dataclass(frozen=True, slots=True)
class _Life:
    """Between which days an occurrence lives."""

    opens: date
    due: date


def reckoning_faults(notice: NoticeFile, calendar: HolidayCalendar) -> Iterator[TermFault]:
    """Presupposes that the names are sound and that the calendar reaches the days which the notice states."""
    ladders = {ladder.id: (at, ladder) for at, ladder in enumerate(notice.ladders)}
    for at, obligation in enumerate(notice.obligations):
        if not rule_fits(obligation):
            continue
        lives: list[_Life] = []
        try:
            lives.extend(_lives(notice, obligation, calendar))
        except (ValueError, OverflowError) as fault:
            yield TermFault(("obligations", at, "due"), _because("A due day cannot be reckoned", fault))
        if lives and obligation.ladder in ladders:
            yield from _rung_faults(*ladders[obligation.ladder], (lives[0], lives[-1]), calendar)


def _lives(notice: NoticeFile, obligation: Obligation, calendar: HolidayCalendar) -> Iterator[_Life]:
    terms = notice.notice
    match obligation:
        case RecurringReport():
            for period in _periods(notice, obligation):
                due = due_date(obligation.due, calendar=calendar, period=period)
                if due > terms.runs_until:
                    return
                yield _Life(period.last + timedelta(days=1), due)
        case MaximumGapReview():
            first = due_date(obligation.due, calendar=calendar, anchor=terms.issued)
            if first <= terms.runs_until:
                yield _Life(terms.issued, first)
                due_date(obligation.due, calendar=calendar, anchor=terms.runs_until)
        case FixedDeadline():
            yield _Life(terms.issued, due_date(obligation.due, calendar=calendar))


def _periods(notice: NoticeFile, obligation: RecurringReport) -> Iterator[Period]:
    recurrence, anchor = obligation.recurrence, notice.notice.issued
    if isinstance(recurrence, CalendarPeriods):
        return calendar_periods(anchor, recurrence.months, recurrence.first, None)
    return anniversary_periods(anchor, recurrence.months, None)


def _rung_faults(
    at: int, ladder: Ladder, lives: tuple[_Life, ...], calendar: HolidayCalendar
) -> Iterator[TermFault]:
    days = [{"opens": life.opens, "due": life.due} for life in lives]
    for r, rung in _in_order_of_waiting(ladder):
        try:
            for known in days:
                known[rung.id] = rung_day(rung, known[rung.after], calendar)
        except (ValueError, OverflowError) as fault:
            yield TermFault(
                ("ladders", at, "rungs", r), _because(f"The day of “{rung.id}” is unknown", fault)
            )
            return


def _in_order_of_waiting(ladder: Ladder) -> Iterator[tuple[int, Rung]]:
    """Each rung after the one from which it is counted; a rung in a circle never comes."""
    waiting: dict[str, list[tuple[int, Rung]]] = {}
    for at, rung in enumerate(ladder.rungs):
        waiting.setdefault(rung.after, []).append((at, rung))
    ready = [pair for base in BASES for pair in waiting.pop(base, [])]
    for at, rung in ready:
        yield at, rung
        ready.extend(waiting.pop(rung.id, []))


def _because(what: str, fault: Exception) -> str:
    return f"{what}. {'It lies too far off.' if isinstance(fault, OverflowError) else fault}"
