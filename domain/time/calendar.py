"""Which days are working days: a calendar with a name, an edition, two ends and a hash."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from domain.time.calendar_file import CalendarFile, read_calendar_file
from domain.time.words import MONTHS, plain_date

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

WEEKEND = frozenset({5, 6})


class CalendarDoesNotReach(ValueError):
    """A day was asked about on which the calendar is silent. Guessing would give a wrong deadline."""

    def __init__(self, calendar: HolidayCalendar, day: date | None) -> None:
        self.day = day
        beyond = f"it says nothing about {plain_date(day)}" if day else "this count of working days leaves it"
        super().__init__(
            f"The calendar {calendar.name} (edition {calendar.edition}) covers {plain_date(calendar.first)} "
            f"to {plain_date(calendar.last)}, and {beyond}. Use an edition that reaches further."
        )


class UnknownCalendar(LookupError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no calendar called {name!r}. Those that exist are: {', '.join(calendar_names())}."
        )


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """Working days from `first` to `last`, both included.

    `holidays` are sorted pairs of day and name; `weekend` holds weekday numbers, Monday 0 to Sunday 6.
    Every method raises CalendarDoesNotReach rather than guess about a day outside.
    """

    name: str
    edition: str
    first: date
    last: date
    holidays: tuple[tuple[date, str], ...]
    weekend: frozenset[int] = WEEKEND
    _working: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        closed = {day for day, _ in self.holidays}
        span = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        working = tuple(day for day in span if day.weekday() not in self.weekend and day not in closed)
        object.__setattr__(self, "_working", working)

    @property
    def sha256(self) -> str:
        """Hex digest of `canonical_json`: recorded to say by which calendar a date was reckoned."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def canonical_json(self) -> str:
        """What decides dates, as JSON with sorted keys and no spaces. `calendar_from_json` reads it."""
        content = {
            "name": self.name,
            "edition": self.edition,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "weekend": sorted(self.weekend),
            "holidays": [[day.isoformat(), title] for day, title in self.holidays],
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday on that day, or None."""
        self._must_reach(day)
        return dict(self.holidays).get(day)

    def is_working_day(self, day: date) -> bool:
        self._must_reach(day)
        at = bisect_left(self._working, day)
        return at < len(self._working) and self._working[at] == day

    def next_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        self._must_reach(day)
        return self._working_day_number(bisect_left(self._working, day))

    def previous_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        self._must_reach(day)
        return self._working_day_number(bisect_right(self._working, day) - 1)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`, or strictly before it for n < 0.

        n = 0 is the day itself, rolled forward to a working day.
        """
        if n == 0:
            return self.next_working_day(day)
        self._must_reach(day)
        if n > 0:
            return self._working_day_number(bisect_right(self._working, day) + n - 1)
        return self._working_day_number(bisect_left(self._working, day) + n)

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie in (a, b]: after `a`, up to and including `b`. Negative if b is first."""
        self._must_reach(a)
        self._must_reach(b)
        return bisect_right(self._working, b) - bisect_right(self._working, a)

    def nth_working_day_of_month(self, year: int, month: int, n: int) -> date:
        """n counts from 1. A month with fewer working days than n raises ValueError."""
        opening = date(year, month, 1)
        day = self.add_working_days(self.next_working_day(opening), n - 1) if n >= 1 else None
        if day is None or (day.year, day.month) != (year, month):
            raise ValueError(
                f"{MONTHS[month - 1]} {year} has no working day number {n} in the calendar {self.name} "
                f"(edition {self.edition})."
            )
        return day

    def with_holiday(self, day: date, title: str, edition: str) -> HolidayCalendar:
        """A new edition in which `day` is a holiday too, as when an extra bank holiday is proclaimed."""
        self._must_reach(day)
        kept = tuple(pair for pair in self.holidays if pair[0] != day)
        return replace(self, edition=edition, holidays=tuple(sorted((*kept, (day, title)))))

    def _must_reach(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise CalendarDoesNotReach(self, day)

    def _working_day_number(self, at: int) -> date:
        # A negative index would silently wrap to the far end of the calendar: a deadline years away.
        if not 0 <= at < len(self._working):
            raise CalendarDoesNotReach(self, None)
        return self._working[at]


@cache
def load_calendar(name: str) -> HolidayCalendar:
    """A calendar shipped with the software, by name."""
    if name not in calendar_names():
        raise UnknownCalendar(name)
    return calendar_from_json((_shipped() / f"{name}.json").read_text(encoding="utf-8"))


def calendar_names() -> tuple[str, ...]:
    """The names of the shipped calendars, sorted."""
    names = (file.name for file in _shipped().iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def calendar_from_json(text: str) -> HolidayCalendar:
    """Reads a calendar file or a `canonical_json`; a fault raises CalendarFault with one plain sentence."""
    read: CalendarFile = read_calendar_file(text)
    return HolidayCalendar(
        name=read.name,
        edition=read.edition,
        first=read.first,
        last=read.last,
        holidays=tuple(read.holidays),
        weekend=frozenset(read.weekend),
    )


def _shipped() -> Traversable:
    return files("domain.time") / "calendars"
