"""The days that count for one occurrence: those on which its clock stood do not."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.calendar import HolidayCalendar

Stood = tuple[tuple[date, date], ...]


class Days(NamedTuple):
    """`working`: the working days that count. `stood`: from which day the clock stood, and from which it ran on."""

    working: HolidayCalendar
    stood: Stood = ()


def days_of(notice: Notice, occurrence: Occurrence) -> Days:
    """Only stops that have been ended: while a clock stands, nothing is counted at all."""
    stood = tuple(
        (each.stopped.from_day, each.restarted.from_day)
        for each in occurrence.suspensions
        if each.restarted is not None
    )
    return Days(_without(notice.working_days, stood), stood) if stood else Days(notice.working_days)


@lru_cache(maxsize=64)
def _without(calendar: HolidayCalendar, stood: Stood) -> HolidayCalendar:
    closed = dict(calendar.holidays)
    for first, until in stood:
        for n in range((until - first).days):
            closed.setdefault(first + timedelta(days=n), "The clock stood")
    return HolidayCalendar(
        name=calendar.name,
        edition=calendar.edition,
        first=calendar.first,
        last=calendar.last,
        holidays=tuple(sorted(closed.items())),
        weekend=calendar.weekend,
    )
