"""Between which days an occurrence of each obligation may live, for every kind that has days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.terms.checking.obligations import rule_fits
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import (
    AfterEvent,
    BeforeEvent,
    CalendarPeriods,
    Continuing,
    DiscretionaryPower,
    DuringEvent,
    FixedDeadline,
    FollowOn,
    MaximumGapReview,
    Obligation,
    OnDemand,
    RecurringReport,
    UntilDecision,
)
from domain.time.calendar import HolidayCalendar
from domain.time.due import due_date
from domain.time.periods import Period, anniversary_periods, calendar_periods


@dataclass(frozen=True, slots=True)
class Life:
    """Between which days an occurrence lives, and up which ladder it is chased."""

    opens: date
    due: date
    ladder: str | None = None


class Lives:
    """The lives of a notice's occurrences. What nobody can foresee is tried at the ends of the notice."""

    def __init__(self, notice: NoticeFile, calendar: HolidayCalendar) -> None:
        self._calendar = calendar
        self._first, self._last = notice.notice.issued, notice.notice.runs_until
        self._obligations = {each.id: each for each in notice.obligations}

    def of(self, obligation: Obligation) -> Iterator[Life]:
        """Every life that can be foreseen; ValueError or OverflowError where a day cannot be reckoned."""
        match obligation:
            case RecurringReport():
                yield from self._reports(obligation)
            case Continuing():
                yield from self._continuing(obligation)
            case MaximumGapReview():
                yield from self._reviews(obligation)
            case FixedDeadline():
                due = due_date(obligation.due, calendar=self._calendar)
                yield Life(self._first, due, obligation.ladder)
            case AfterEvent() | BeforeEvent():
                for event in self._events(obligation):
                    due = due_date(obligation.due, calendar=self._calendar, event=event.due)
                    opens = event.due if isinstance(obligation, AfterEvent) else event.opens
                    yield Life(opens, due, obligation.ladder)
            case DuringEvent():
                for event in self._events(obligation):
                    yield Life(event.opens, event.due, obligation.ladder)
            case OnDemand() | UntilDecision():
                yield Life(self._first, self._last, obligation.ladder)
            case DiscretionaryPower(considered_by=considered, concerns_from=concerns):
                if considered or concerns:
                    yield self._within(obligation.within_working_days, self._last, obligation.ladder)

    def _reports(self, obligation: RecurringReport) -> Iterator[Life]:
        for period in self._periods(obligation):
            due = due_date(obligation.due, calendar=self._calendar, period=period)
            if due > self._last:
                break
            yield Life(period.last + timedelta(days=1), due, obligation.ladder)
        if obligation.supplemental is not None:
            yield self._following(obligation, obligation.supplemental)

    def _periods(self, obligation: RecurringReport) -> Iterator[Period]:
        recurrence = obligation.recurrence
        if isinstance(recurrence, CalendarPeriods):
            return calendar_periods(self._first, recurrence.months, recurrence.first, None)
        return anniversary_periods(self._first, recurrence.months, None)

    def _continuing(self, obligation: Continuing) -> Iterator[Life]:
        if obligation.attested_every_months is not None:
            for period in calendar_periods(self._first, obligation.attested_every_months, "stub", None):
                due = self._calendar.add_working_days(period.last, obligation.attested_within_working_days)
                if due > self._last:
                    break
                yield Life(period.last + timedelta(days=1), due, obligation.ladder)
        if obligation.stale_after_days is not None:
            stale = timedelta(days=obligation.stale_after_days)
            yield Life(self._first, self._first + stale, obligation.ladder)
            yield Life(self._last, self._last + stale, obligation.ladder)
        if obligation.repair is not None:
            yield self._following(obligation, obligation.repair)

    def _reviews(self, obligation: MaximumGapReview) -> Iterator[Life]:
        first = due_date(obligation.due, calendar=self._calendar, anchor=self._first)
        if first <= self._last:
            yield Life(self._first, first, obligation.ladder)
            due_date(obligation.due, calendar=self._calendar, anchor=self._last)

    def _events(self, obligation: AfterEvent | BeforeEvent | DuringEvent) -> Iterator[Life]:
        """The lives of what it follows; none where the names lead in a circle or nowhere."""
        walked = [obligation.id]
        event = self._obligations.get(obligation.event)
        while isinstance(event, AfterEvent) and event.id not in walked:
            walked.append(event.id)
            event = self._obligations.get(event.event)
        if event is None or event.id in walked:
            return
        event = self._obligations[obligation.event]
        if rule_fits(event):
            yield from self.of(event)

    def _following(self, obligation: Obligation, follow_on: FollowOn) -> Life:
        """Something was found wanting on the last day."""
        return self._within(follow_on.working_days, self._last, follow_on.ladder or obligation.ladder)

    def _within(self, working_days: int, since: date, ladder: str | None) -> Life:
        return Life(since, self._calendar.add_working_days(since, working_days), ladder)
