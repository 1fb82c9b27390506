"""Which occurrences a notice calls for, when they open and when they are due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import (
    AfterEvent,
    AnniversaryPeriods,
    Continuing,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    RecurringReport,
)
from domain.time.due import due_date
from domain.time.periods import Period, anniversary_periods, calendar_periods
from domain.time.zones import day_end, day_start

PLAN = "plan"
Known = Mapping[OccurrenceId, Occurrence]


@dataclass(frozen=True, slots=True)
class Expected:
    """An occurrence that the notice calls for.

    `projected`: it depends on something that has not happened yet, and stands where it would be if each review were
    held on the last day allowed. `event`, `event_on`: the occurrence on whose day it hangs, and that day.
    """

    id: OccurrenceId
    obligation: Obligation
    opens: datetime
    due: datetime
    due_on: date
    period: Period | None = None
    projected: bool = False
    event: str | None = None
    event_on: date | None = None

    @property
    def title(self) -> str:
        return f"{self.obligation.title}, {self.period.title}" if self.period else self.obligation.title


def expected(notice: Notice, known: Known | None = None) -> tuple[Expected, ...]:
    """Every occurrence that falls due while the notice runs, by due instant. `known`: those that have opened."""
    found = [each for obligation in notice.owed for each in _of(notice, obligation, known or {})]
    return tuple(sorted(found, key=lambda each: (each.due, each.id)))


def to_open(notice: Notice, known: Known) -> tuple[Expected, ...]:
    """Those that are not in the record yet and depend on nothing, by opening instant."""
    waiting = [each for each in expected(notice, known) if not each.projected and each.id not in known]
    return tuple(sorted(waiting, key=lambda each: (each.opens, each.id)))


def review_after(notice: Notice, obligation: MaximumGapReview, number: int, held_on: date) -> Expected | None:
    """The review that must follow one held on a day, or None when it would fall due after the notice has run."""
    nth = _review(notice, obligation, number, held_on, projected=False)
    return nth if nth.due_on <= notice.owed_until else None


def _of(notice: Notice, obligation: Obligation, known: Known) -> Iterator[Expected]:
    match obligation:
        case RecurringReport():
            yield from _reports(notice, obligation)
        case MaximumGapReview():
            yield from _reviews(notice, obligation)
        case FixedDeadline():
            yield _deadline(notice, obligation)
        case Continuing():
            yield from _continuing(notice, obligation)
        case AfterEvent():
            yield from _after_events(notice, obligation, known)


def _reports(notice: Notice, obligation: RecurringReport) -> Iterator[Expected]:
    for period in _periods(obligation, notice.since[obligation.id]):
        due_on = due_date(obligation.due, calendar=notice.working_days, period=period)
        if due_on > notice.owed_until:
            return
        yield _for_period(notice, obligation, period, due_on)


def _periods(obligation: RecurringReport, anchor: date) -> Iterator[Period]:
    recurrence = obligation.recurrence
    if isinstance(recurrence, AnniversaryPeriods):
        return anniversary_periods(anchor, recurrence.months, None)
    return calendar_periods(anchor, recurrence.months, recurrence.first, None)


def _for_period(notice: Notice, obligation: Obligation, period: Period, due_on: date) -> Expected:
    zone = notice.terms.zone
    return Expected(
        id=OccurrenceId(notice.terms.id, obligation.id, period.label),
        obligation=obligation,
        opens=day_start(period.last + timedelta(days=1), zone),
        due=day_end(due_on, zone),
        due_on=due_on,
        period=period,
    )


def _reviews(notice: Notice, obligation: MaximumGapReview) -> Iterator[Expected]:
    number, last_held = 1, notice.since[obligation.id]
    while True:
        nth = _review(notice, obligation, number, last_held, projected=number > 1)
        if nth.due_on > notice.owed_until or nth.due_on <= last_held:
            return
        yield nth
        number, last_held = number + 1, nth.due_on


def _review(
    notice: Notice, obligation: MaximumGapReview, number: int, last_held: date, *, projected: bool
) -> Expected:
    due_on = due_date(obligation.due, calendar=notice.working_days, anchor=last_held)
    found = _once(notice, obligation, str(number), last_held, due_on)
    return replace(found, projected=projected)


def _deadline(notice: Notice, obligation: FixedDeadline) -> Expected:
    due_on = due_date(obligation.due, calendar=notice.working_days)
    return _once(notice, obligation, due_on.isoformat(), notice.since[obligation.id], due_on)


def _continuing(notice: Notice, obligation: Continuing) -> Iterator[Expected]:
    """An attestation for each period; and the keeping of the plan, which is one occurrence for as long as it is owed."""
    since = notice.since[obligation.id]
    if obligation.stale_after_days is not None:
        due_on = since + timedelta(days=obligation.stale_after_days)
        yield _once(notice, obligation, PLAN, since, due_on)
    if obligation.attested_every_months is None:
        return
    for period in calendar_periods(since, obligation.attested_every_months, "stub", None):
        within = obligation.attested_within_working_days
        due_on = notice.working_days.add_working_days(period.last, within)
        if due_on > notice.owed_until:
            return
        yield _for_period(notice, obligation, period, due_on)


def _after_events(notice: Notice, obligation: AfterEvent, known: Known) -> Iterator[Expected]:
    event = notice.obligation(obligation.event)
    for each in _of(notice, event, known):
        opened = known.get(each.id)
        if opened is not None and opened.is_excused:
            continue
        event_on = opened.facts.due_on if opened else each.due_on
        due_on = due_date(obligation.due, calendar=notice.working_days, event=event_on)
        zone = notice.terms.zone
        yield Expected(
            id=OccurrenceId(notice.terms.id, obligation.id, each.id.period),
            obligation=obligation,
            opens=day_start(event_on + timedelta(days=1), zone),
            due=day_end(due_on, zone),
            due_on=due_on,
            projected=each.projected or (opened is not None and _may_still_move(opened)),
            event=str(each.id),
            event_on=event_on,
        )


def _may_still_move(event: Occurrence) -> bool:
    """Its clock stands, so its day is known only once that has been restarted."""
    return not event.is_over and event.stopped is not None and event.stopped.from_day <= event.facts.due_on


def _once(notice: Notice, obligation: Obligation, period: str, since: date, due_on: date) -> Expected:
    zone = notice.terms.zone
    return Expected(
        id=OccurrenceId(notice.terms.id, obligation.id, period),
        obligation=obligation,
        opens=day_start(since, zone),
        due=day_end(due_on, zone),
        due_on=due_on,
    )
