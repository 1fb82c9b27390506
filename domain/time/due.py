"""When something is due. A notice names one of these rules for each deadline, told apart by `rule`."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from domain.time.calendar import HolidayCalendar
from domain.time.periods import Period
from domain.time.roll import Roll
from domain.time.rules import (
    AfterEvent,
    BeforeEvent,
    DaysAfterPeriod,
    DueRuleLacks,
    FixedDate,
    KnownDates,
    MonthsAfter,
    NthWorkingDayAfterPeriod,
    PeriodEnd,
    WorkingDaysAfterPeriod,
)
from domain.time.zones import day_end

__all__ = [
    "AfterEvent",
    "BeforeEvent",
    "DaysAfterPeriod",
    "DueRule",
    "DueRuleLacks",
    "FixedDate",
    "MonthsAfter",
    "NthWorkingDayAfterPeriod",
    "PeriodEnd",
    "Roll",
    "WorkingDaysAfterPeriod",
    "describe",
    "due_date",
    "due_instant",
]

DueRule = Annotated[
    NthWorkingDayAfterPeriod
    | WorkingDaysAfterPeriod
    | DaysAfterPeriod
    | PeriodEnd
    | FixedDate
    | MonthsAfter
    | BeforeEvent
    | AfterEvent,
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

    Which of `period`, `anchor` (the day a gap runs from) and `event` is needed follows from the rule. Its
    absence raises DueRuleLacks; a day beyond the calendar raises CalendarDoesNotReach.
    """
    return rule.day(KnownDates(calendar, period, anchor, event))


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


def describe(rule: DueRule) -> str:
    """The rule in words that follow "is due": `by the tenth working day of the month after the period`."""
    return rule.words()
