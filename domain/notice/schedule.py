"""Which occurrences a notice calls for, when they open and when they are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.terms.obligations import (
    AnniversaryPeriods,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    RecurringReport,
)
from domain.time.due import due_date
from domain.time.periods import Period, anniversary_periods, calendar_periods
from domain.time.zones import day_end, day_start


@dataclass(frozen=True, slots=True)
class Expected:
    """An occurrence that the notice calls for.

    `projected`: it depends on something that has not happened yet, and stands where it would be if each review were
    held on the last day allowed.
    """

    id: OccurrenceId
    obligation: Obligation
    opens: datetime
    due: datetime
    due_on: date
    period: Period | None = None
    projected: bool = False

    @property
    def title(self) -> str:
        return f"{self.obligation.title}, {self.period.title}" if self.period else self.obligation.title


def expected(notice: Notice) -> tuple[Expected, ...]:
    """Every occurrence that falls due while the notice runs, by due instant."""
    found = [each for obligation in notice.obligations for each in _of(notice, obligation)]
    return tuple(sorted(found, key=lambda each: (each.due, each.id)))


def to_open(notice: Notice, existing: frozenset[str]) -> tuple[Expected, ...]:
    """Those that are not in the record yet and depend on nothing, by opening instant."""
    waiting = [each for each in expected(notice) if not each.projected and str(each.id) not in existing]
    return tuple(sorted(waiting, key=lambda each: (each.opens, each.id)))


def review_after(notice: Notice, obligation: MaximumGapReview, number: int, held_on: date) -> Expected | None:
    """The review that must follow one held on a day, or None when it would fall due after the notice has run."""
    nth = _review(notice, obligation, number, held_on, projected=False)
    return nth if nth.due_on <= notice.terms.runs_until else None


def _of(notice: Notice, obligation: Obligation) -> Iterator[Expected]:
    match obligation:
        case RecurringReport():
            yield from _reports(notice, obligation)
        case MaximumGapReview():
            yield from _reviews(notice, obligation)
        case FixedDeadline():
            yield _deadline(notice, obligation)


def _reports(notice: Notice, obligation: RecurringReport) -> Iterator[Expected]:
    terms = notice.terms
    for period in _periods(obligation, terms.issued):
        due_on = due_date(obligation.due, calendar=notice.working_days, period=period)
        if due_on > terms.runs_until:
            return
        yield Expected(
            id=OccurrenceId(terms.id, obligation.id, period.label),
            obligation=obligation,
            opens=day_start(period.last + timedelta(days=1), terms.zone),
            due=day_end(due_on, terms.zone),
            due_on=due_on,
            period=period,
        )


def _periods(obligation: RecurringReport, anchor: date) -> Iterator[Period]:
    recurrence = obligation.recurrence
    if isinstance(recurrence, AnniversaryPeriods):
        return anniversary_periods(anchor, recurrence.months, None)
    return calendar_periods(anchor, recurrence.months, recurrence.first, None)


def _reviews(notice: Notice, obligation: MaximumGapReview) -> Iterator[Expected]:
    number, last_held = 1, notice.terms.issued
    while True:
        nth = _review(notice, obligation, number, last_held, projected=number > 1)
        if nth.due_on > notice.terms.runs_until or nth.due_on <= last_held:
            return
        yield nth
        number, last_held = number + 1, nth.due_on


def _review(
    notice: Notice, obligation: MaximumGapReview, number: int, last_held: date, *, projected: bool
) -> Expected:
    terms = notice.terms
    due_on = due_date(obligation.due, calendar=notice.working_days, anchor=last_held)
    return Expected(
        id=OccurrenceId(terms.id, obligation.id, str(number)),
        obligation=obligation,
        opens=day_start(last_held, terms.zone),
        due=day_end(due_on, terms.zone),
        due_on=due_on,
        projected=projected,
    )


def _deadline(notice: Notice, obligation: FixedDeadline) -> Expected:
    terms = notice.terms
    due_on = due_date(obligation.due, calendar=notice.working_days)
    return Expected(
        id=OccurrenceId(terms.id, obligation.id, due_on.isoformat()),
        obligation=obligation,
        opens=day_start(terms.issued, terms.zone),
        due=day_end(due_on, terms.zone),
        due_on=due_on,
    )
