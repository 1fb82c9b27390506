"""The days that the notice gives, reckoned from its own rules: what never opened, and what opened with another day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.notice.state import Notice
from domain.terms.obligations import (
    AfterEvent,
    AnniversaryPeriods,
    BeforeEvent,
    Continuing,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    RecurringReport,
)
from domain.time.due import due_date
from domain.time.periods import Period, anniversary_periods, calendar_periods
from domain.time.zones import day_start, local_date
from projections.exports.conformance.finding import Finding
from projections.exports.conformance.trace import Read, Trace
from projections.words import long_date, occurrence_title


def everything_opened(read: Read) -> Iterator[Finding]:
    """Every period whose turn came while the obligation was owed has its occurrence."""
    for obligation in read.notice.obligations:
        until = min(read.until, read.ended.get(obligation.id, read.until), _in_force_until(read, obligation))
        for name, period in _periods_begun(read.notice, obligation, until):
            if not any((each.obligation, each.period) == (obligation.id, name) for each in read.traces):
                what = f"{obligation.title}, {period.title}" if period else obligation.title
                sentence = f"{what}: it was owed under clause {obligation.clause} and never opened."
                yield Finding("skipped", "what is owed", obligation.id, None, None, sentence)


def day_as_the_notice_says(read: Read, trace: Trace) -> Iterator[Finding]:
    """The day with which it opened, against the rule of the obligation as it read then."""
    opened = trace.opened
    obligation = trace.terms.find_obligation(trace.id.obligation)
    if opened is None or obligation is None or opened.about or opened.supplements:
        return
    day = _day(read, trace, obligation)
    if day is not None and day != opened.due_on:
        what = occurrence_title(read.notice, opened)
        sentence = (
            f"{what}: it opened as due on {long_date(opened.due_on)}; by the notice it is {long_date(day)}."
        )
        yield Finding("misdated", "due day", obligation.id, str(trace.id), trace.steps[0].index, sentence)


def _day(read: Read, trace: Trace, obligation: Obligation) -> date | None:
    opened, calendar = trace.opened, trace.terms.working_days
    assert opened is not None
    period = _period(trace)
    match obligation:
        case RecurringReport() | Continuing() if period:
            return _due_for(trace.terms, obligation, period)
        case FixedDeadline():
            return due_date(obligation.due, calendar=calendar)
        case BeforeEvent() if opened.event_on:
            day = due_date(obligation.due, calendar=calendar, event=opened.event_on)
            # An event that is set for sooner than the lead time leaves no day by the rule.
            return day if day >= local_date(opened.opened_at, trace.terms.terms.zone) else None
        case AfterEvent() if opened.event_on:
            return due_date(obligation.due, calendar=calendar, event=opened.event_on)
        case MaximumGapReview() if trace.id.period.isdecimal():
            anchor = _last_held(read, trace, obligation)
            return due_date(obligation.due, calendar=calendar, anchor=anchor) if anchor else None
    return None


def _last_held(read: Read, trace: Trace, obligation: Obligation) -> date | None:
    """The day from which the gap runs: that of the review before, or of the notice itself."""
    number = int(trace.id.period)
    if number == 1:
        return trace.terms.since.get(obligation.id)
    before = next(
        (
            each
            for name, each in read.traces.items()
            if (name.obligation, name.period) == (obligation.id, str(number - 1))
        ),
        None,
    )
    held = before.first("review-held.v1") if before else None
    # A day that was corrected since is not the one that was known when this one opened.
    known = held is not None and before is not None and not before.first("event-corrected.v1")
    return held.event.held_on if held is not None and known else None


def _period(trace: Trace) -> Period | None:
    opened = trace.opened
    if opened is None or opened.period_first is None or opened.period_last is None:
        return None
    return Period(opened.period, opened.period_first, opened.period_last)


def _in_force_until(read: Read, obligation: Obligation) -> datetime:
    """A notice that was lifted or superseded asks for nothing more, but for what after-care keeps."""
    notice, ends = read.notice, [read.until]
    if notice.superseded is not None:
        ends.append(notice.superseded.superseded_at)
    if notice.lifted is not None and obligation.id not in notice.lifted.kept:
        ends.append(notice.lifted.lifted_at)
    if notice.closed is not None:
        ends.append(notice.closed.closed_at)
    return min(ends)


def _periods_begun(
    notice: Notice, obligation: Obligation, until: datetime
) -> Iterator[tuple[str, Period | None]]:
    """The name of each occurrence whose turn has come, with its period where it has one."""
    since, zone = notice.since[obligation.id], notice.terms.zone
    match obligation:
        case RecurringReport():
            yield from _begun(notice, obligation, _reported_on(obligation, since), until)
        case Continuing() if obligation.attested_every_months is not None:
            periods = calendar_periods(since, obligation.attested_every_months, "stub", None)
            yield from _begun(notice, obligation, periods, until)
        case FixedDeadline() if day_start(since, zone) < until:
            yield due_date(obligation.due, calendar=notice.working_days).isoformat(), None
        case MaximumGapReview() if day_start(since, zone) < until:
            yield "1", None


def _reported_on(obligation: RecurringReport, since: date) -> Iterator[Period]:
    recurrence = obligation.recurrence
    if isinstance(recurrence, AnniversaryPeriods):
        return anniversary_periods(since, recurrence.months, None)
    return calendar_periods(since, recurrence.months, recurrence.first, None)


def _begun(
    notice: Notice, obligation: RecurringReport | Continuing, periods: Iterator[Period], until: datetime
) -> Iterator[tuple[str, Period]]:
    """Those that are over, as long as what is owed for them falls due while the notice runs."""
    for period in periods:
        if day_start(period.last + timedelta(days=1), notice.terms.zone) >= until:
            return
        if _due_for(notice, obligation, period) > notice.owed_until:
            return
        yield period.label, period


def _due_for(notice: Notice, obligation: RecurringReport | Continuing, period: Period) -> date:
    if isinstance(obligation, RecurringReport):
        return due_date(obligation.due, calendar=notice.working_days, period=period)
    return notice.working_days.add_working_days(period.last, obligation.attested_within_working_days)
