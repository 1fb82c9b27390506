"""The days that count for one occurrence: those on which its clock stood do not."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.calendar import HolidayCalendar

Stood = tuple[tuple[date, date], ...]


class Days(NamedTuple):
    """`working`: the days of the calendar that count. `stood`: from which day the clock stood, and from which it ran on."""

    calendar: HolidayCalendar
    working: HolidayCalendar
    stood: Stood = ()

    def counted_from(self, day: date) -> date:
        """What begins while the clock stands is counted from the day on which it runs on."""
        return self.working.next_working_day(day) if self.calendar.is_working_day(day) else day


def days_of(notice: Notice, occurrence: Occurrence | None = None) -> Days:
    """Only stops that have been ended: while a clock stands, nothing is counted at all."""
    calendar = notice.working_days
    stood = tuple(
        (each.stopped.from_day, each.restarted.from_day)
        for each in (occurrence.suspensions if occurrence else ())
        if each.restarted is not None
    )
    return Days(calendar, _without(calendar, stood) if stood else calendar, stood)


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
