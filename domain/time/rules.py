"""Each due rule with what it holds, the day it gives and its words."""

import re
from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from domain.time.calendar import HolidayCalendar
from domain.time.periods import Period, nth_from_anchor
from domain.time.roll import Roll, describe_roll, rolled
from domain.time.words import counted, ordinal, plain_date
from domain.values import Term


class DueRuleLacks(ValueError):
    """A rule was asked for its day without the date it reckons from."""

    def __init__(self, rule: str, lacking: str) -> None:
        super().__init__(f"The due rule {rule} reckons from {lacking}, and none was given.")


@dataclass(frozen=True, slots=True)
class KnownDates:
    """What a rule may reckon from. `anchor` is the day a gap runs from; `event` may still move."""

    calendar: HolidayCalendar
    period: Period | None = None
    anchor: date | None = None
    event: date | None = None

    def period_end(self, rule: str) -> date:
        if self.period is None:
            raise DueRuleLacks(rule, "a period")
        return self.period.last

    def anchor_date(self, rule: str) -> date:
        if self.anchor is None:
            raise DueRuleLacks(rule, "an anchor date")
        return self.anchor

    def event_date(self, rule: str) -> date:
        if self.event is None:
            raise DueRuleLacks(rule, "the date of an event")
        return self.event


class _Rule(Term):
    @abstractmethod
    def day(self, known: KnownDates) -> date: ...

    @abstractmethod
    def words(self) -> str: ...


class _RollingRule(_Rule):
    """A rule whose day may fall on a weekend or a holiday. Nothing moves unless the notice says so."""

    roll: Roll = "none"

    def day(self, known: KnownDates) -> date:
        return rolled(self._unrolled(known), self.roll, known.calendar)

    def words(self) -> str:
        return self._plain_words() + describe_roll(self.roll)

    @abstractmethod
    def _unrolled(self, known: KnownDates) -> date: ...

    @abstractmethod
    def _plain_words(self) -> str: ...


def _only_a_written_day(value: Any) -> Any:
    # Left alone, 20170531 without its hyphens would be taken for a count of seconds since 1970.
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    raise ValueError(f"{value!r} is not a day written like 2017-05-31")


Count = Annotated[int, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_only_a_written_day)]


class NthWorkingDayAfterPeriod(_Rule):
    """The n-th working day of the month after the one in which the period ends."""

    rule: Literal["nth-working-day-of-next-month"] = "nth-working-day-of-next-month"
    n: Count = Field(ge=1, le=23)

    def day(self, known: KnownDates) -> date:
        month_after = nth_from_anchor(known.period_end(self.rule), 1, 1)
        return known.calendar.nth_working_day_of_month(month_after.year, month_after.month, self.n)

    def words(self) -> str:
        return f"by the {ordinal(self.n)} working day of the month after the period"


class WorkingDaysAfterPeriod(_Rule):
    """The n-th working day after the last day of the period."""

    rule: Literal["working-days-after-period"] = "working-days-after-period"
    n: Count = Field(ge=1, le=1000)

    def day(self, known: KnownDates) -> date:
        return known.calendar.add_working_days(known.period_end(self.rule), self.n)

    def words(self) -> str:
        return f"within {counted(self.n, 'working day')} after the period"


class DaysAfterPeriod(_RollingRule):
    """n days after the last day of the period, weekends and holidays counted."""

    rule: Literal["days-after-period"] = "days-after-period"
    n: Count = Field(ge=0, le=3660)

    def _unrolled(self, known: KnownDates) -> date:
        return known.period_end(self.rule) + timedelta(days=self.n)

    def _plain_words(self) -> str:
        return f"within {counted(self.n, 'day')} after the period"


class PeriodEnd(_RollingRule):
    """The last day of the period."""

    rule: Literal["period-end"] = "period-end"

    def _unrolled(self, known: KnownDates) -> date:
        return known.period_end(self.rule)

    def _plain_words(self) -> str:
        return "by the last day of the period"


class FixedDate(_RollingRule):
    """A day that the notice names."""

    rule: Literal["fixed-date"] = "fixed-date"
    on: Day

    def _unrolled(self, known: KnownDates) -> date:  # noqa: ARG002 - it reckons from nothing
        return self.on

    def _plain_words(self) -> str:
        return f"by {plain_date(self.on)}"


class MonthsAfter(_RollingRule):
    """A maximum gap: the day of the same number, so many months after the anchor."""

    rule: Literal["months-after"] = "months-after"
    months: Count = Field(ge=1, le=1200)

    def _unrolled(self, known: KnownDates) -> date:
        return nth_from_anchor(known.anchor_date(self.rule), self.months, 1)

    def _plain_words(self) -> str:
        return f"within {counted(self.months, 'month')} of the day it runs from"


class BeforeEvent(_RollingRule):
    """A lead time of so many working days before an event; 0 is the day of the event itself.

    Counted back, the day is a working day already: the roll has something to do only for 0.
    """

    rule: Literal["before-event"] = "before-event"
    working_days: Count = Field(ge=0, le=1000)

    def _unrolled(self, known: KnownDates) -> date:
        event = known.event_date(self.rule)
        return known.calendar.add_working_days(event, -self.working_days) if self.working_days else event

    def _plain_words(self) -> str:
        if self.working_days == 0:
            return "by the day of the event"
        return f"at least {counted(self.working_days, 'working day')} before the event"


class AfterEvent(_Rule):
    """So many working days after the day of an event."""

    rule: Literal["after-event"] = "after-event"
    working_days: Count = Field(ge=1, le=1000)

    def day(self, known: KnownDates) -> date:
        return known.calendar.add_working_days(known.event_date(self.rule), self.working_days)

    def words(self) -> str:
        return f"within {counted(self.working_days, 'working day')} after the event"
