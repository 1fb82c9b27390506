"""Days and hours reckoned one day at a time, as somebody would on a wall calendar. Slow, and easy to believe."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Holidays = frozenset[date]
ONE_DAY = timedelta(days=1)
remembered = lru_cache(maxsize=20_000)


@remembered
def is_working(day: date, holidays: Holidays) -> bool:
    return day.weekday() < 5 and day not in holidays


@remembered
def forward(day: date, holidays: Holidays) -> date:
    """The day itself, or the first working day after it."""
    while not is_working(day, holidays):
        day += ONE_DAY
    return day


@remembered
def back(day: date, holidays: Holidays) -> date:
    while not is_working(day, holidays):
        day -= ONE_DAY
    return day


@remembered
def count_on(day: date, working_days: int, holidays: Holidays) -> date:
    """So many working days after (or before) a day; none at all is the day itself or the next working day."""
    if working_days == 0:
        return forward(day, holidays)
    step = ONE_DAY if working_days > 0 else -ONE_DAY
    left = abs(working_days)
    while left:
        day += step
        left -= is_working(day, holidays)
    return day


@remembered
def working_days_after(first: date, last: date, holidays: Holidays) -> int:
    """How many working days come after `first`, up to and including `last`; none if `last` is no later."""
    found = 0
    while first < last:
        first += ONE_DAY
        found += is_working(first, holidays)
    return found


def each_day(first: date, until: date) -> set[date]:
    """From the first day up to, but not including, the last."""
    return {first + timedelta(days=n) for n in range((until - first).days)}


@remembered
def nth_working_day(year: int, month: int, n: int, holidays: Holidays) -> date:
    return count_on(date(year, month, 1) - ONE_DAY, n, holidays)


@remembered
def months_on(day: date, months: int) -> date:
    """The day of the same number so many months on, or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@remembered
def instant(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@remembered
def end_of(day: date, zone: str) -> datetime:
    return instant(day, time(23, 59, 59), zone)


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def day_of(at: datetime, zone: str) -> date:
    return local(at, zone).date()
