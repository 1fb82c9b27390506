"""The due rules a notice may name, and the day each gives. One deadline, one rule, one roll."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.time.calendar import HolidayCalendar
from domain.time.periods import Period, nth_from_anchor
from domain.time.words import counted, ordinal, plain_date
from domain.time.zones import day_end

Roll = Literal["following", "preceding", "modified-following", "none"]
T = TypeVar("T")


class DueRuleLacks(ValueError):
    """A rule was asked for its day without the date it reckons from."""

    def __init__(self, rule: str, lacking: str) -> None:
        super().__init__(f"The due rule {rule} reckons from {lacking}, and none was given.")


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RollingRule(_Rule):
    roll: Roll = "none"


class NthWorkingDayAfterPeriod(_Rule):
    """The n-th working day of the month after the one in which the period ends."""

    rule: Literal["nth-working-day-of-next-month"] = "nth-working-day-of-next-month"
    n: int = Field(ge=1, le=23)


class WorkingDaysAfterPeriod(_Rule):
    """The n-th working day after the last day of the period."""

    rule: Literal["working-days-after-period"] = "working-days-after-period"
    n: int = Field(ge=1, le=1000)


class DaysAfterPeriod(_RollingRule):
    """n days after the last day of the period, weekends and holidays counted."""

    rule: Literal["days-after-period"] = "days-after-period"
    n: int = Field(ge=0, le=3660)


class PeriodEnd(_RollingRule):
    """The last day of the period."""

    rule: Literal["period-end"] = "period-end"


class FixedDate(_RollingRule):
    """A day that the notice names."""

    rule: Literal["fixed-date"] = "fixed-date"
    on: date


class MonthsAfter(_RollingRule):
    """A maximum gap: the day of the same number, so many months after the anchor."""

    rule: Literal["months-after"] = "months-after"
    months: int = Field(ge=1, le=1200)


class BeforeEvent(_RollingRule):
    """A lead time: so many working days before an event, whose date may move. 0 is the day of the event."""

    rule: Literal["before-event"] = "before-event"
    working_days: int = Field(ge=0, le=1000)


DueRule = Annotated[
    NthWorkingDayAfterPeriod
    | WorkingDaysAfterPeriod
    | DaysAfterPeriod
    | PeriodEnd
    | FixedDate
    | MonthsAfter
    | BeforeEvent,
    Field(discriminator="rule"),
]


def due_date(
    rule: DueRule,
    *,
    calendar: HolidayCalendar,
    period: Period | None = None,
    anchor: date | None = None,
    event: date | None = None,
) -> date:
    """The last day on which the thing is on time, in the notice's zone.

    Which of `period`, `anchor` (the day a gap runs from) and `event` is needed follows from the rule: the absence
    of it raises DueRuleLacks, a day beyond the calendar raises CalendarDoesNotReach."""
    match rule:
        case FixedDate():
            return rolled(rule.on, rule.roll, calendar)
        case MonthsAfter():
            return rolled(
                nth_from_anchor(_given(anchor, rule.rule, "an anchor date"), rule.months, 1),
                rule.roll,
                calendar,
            )
        case BeforeEvent():
            return _before(rule, _given(event, rule.rule, "the date of an event"), calendar)
    last = _given(period, rule.rule, "a period").last
    match rule:
        case NthWorkingDayAfterPeriod():
            following = nth_from_anchor(last, 1, 1)
            return calendar.nth_working_day_of_month(following.year, following.month, rule.n)
        case WorkingDaysAfterPeriod():
            return calendar.add_working_days(last, rule.n)
        case DaysAfterPeriod():
            return rolled(last + timedelta(days=rule.n), rule.roll, calendar)
        case PeriodEnd():
            return rolled(last, rule.roll, calendar)


def due_instant(
    rule: DueRule,
    *,
    calendar: HolidayCalendar,
    zone: str,
    period: Period | None = None,
    anchor: date | None = None,
    event: date | None = None,
) -> datetime:
    """23:59:59 of the due date in the zone, as an aware datetime in UTC."""
    return day_end(due_date(rule, calendar=calendar, period=period, anchor=anchor, event=event), zone)


def rolled(day: date, roll: Roll, calendar: HolidayCalendar) -> date:
    """Where a deadline goes when it falls on a day that is not a working day. `none` leaves it, and asks no calendar;
    `modified-following` goes forward unless that leaves the month, then back."""
    match roll:
        case "none":
            return day
        case "following":
            return calendar.next_working_day(day)
        case "preceding":
            return calendar.previous_working_day(day)
        case "modified-following":
            forward = calendar.next_working_day(day)
            return forward if forward.month == day.month else calendar.previous_working_day(day)


def describe(rule: DueRule) -> str:
    """The rule in words that go on after "is due": `by the tenth working day of the month after the period`."""
    match rule:
        case NthWorkingDayAfterPeriod():
            return f"by the {ordinal(rule.n)} working day of the month after the period"
        case WorkingDaysAfterPeriod():
            return f"within {counted(rule.n, 'working day')} after the period"
        case DaysAfterPeriod():
            return f"within {counted(rule.n, 'day')} after the period{_describe_roll(rule.roll)}"
        case PeriodEnd():
            return f"by the last day of the period{_describe_roll(rule.roll)}"
        case FixedDate():
            return f"by {plain_date(rule.on)}{_describe_roll(rule.roll)}"
        case MonthsAfter():
            return (
                f"within {counted(rule.months, 'month')} of the day it runs from{_describe_roll(rule.roll)}"
            )
        case BeforeEvent(working_days=0):
            return f"by the day of the event{_describe_roll(rule.roll)}"
        case BeforeEvent():
            return f"at least {counted(rule.working_days, 'working day')} before the event"


def _describe_roll(roll: Roll) -> str:
    return {
        "none": "",
        "following": ", or the next working day if that is not one",
        "preceding": ", or the working day before if that is not one",
        "modified-following": ", or the next working day of that month if that is not one, else the working day before",
    }[roll]


def _before(rule: BeforeEvent, event: date, calendar: HolidayCalendar) -> date:
    if rule.working_days == 0:
        return rolled(event, rule.roll, calendar)
    return calendar.add_working_days(event, -rule.working_days)


def _given(value: T | None, rule: str, lacking: str) -> T:
    if value is None:
        raise DueRuleLacks(rule, lacking)
    return value
