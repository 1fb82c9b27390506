"""How much a notice asks for week by week, and of whom: what whoever drafts one looks at before it is issued."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from domain.notice.schedule import Expected
from domain.time.periods import nth_from_anchor

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a due day. `whose` is the party that owes it; `occurrence` is written obligation/period."""

    on: date
    whose: str
    title: str
    occurrence: str


@dataclass(frozen=True, slots=True)
class Week:
    """From a Monday on. `owed`: how many things fall due in it, by party, in the order of their names."""

    begins: date
    owed: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        return sum(count for _, count in self.owed)


def dues(found: Iterable[Expected]) -> tuple[Due, ...]:
    """The same as it is needed here, in the same order."""
    return tuple(
        Due(each.due_on, each.obligation.obligor, each.title, f"{each.id.obligation}/{each.id.period}")
        for each in found
    )


def in_year(due: Iterable[Due], issued: date, number: int) -> tuple[Due, ...]:
    """What falls due in one year of the notice; the first, number 1, runs from the day of issue to its anniversary."""
    first, last = nth_from_anchor(issued, 12, number - 1), nth_from_anchor(issued, 12, number)
    return tuple(each for each in due if first <= each.on and (each.on < last))


def years_of(due: Iterable[Due], issued: date) -> int:
    """How many years of the notice something falls due in, counted up to the last such day; at least one."""
    last = max((each.on for each in due), default=issued)
    return max(1, relativedelta(last, issued).years + 1)


def weekly_load(due: Iterable[Due]) -> tuple[Week, ...]:
    """Every week from the first in which something falls due to the last, those with nothing in them included."""
    by_week: dict[date, Counter[str]] = {}
    for each in due:
        by_week.setdefault(monday_of(each.on), Counter())[each.whose] += 1
    if not by_week:
        return ()
    first, last = min(by_week), max(by_week)
    weeks = ((last - first).days // 7) + 1
    return tuple(
        Week(begins, tuple(sorted(by_week.get(begins, Counter()).items())))
        for begins in (first + number * A_WEEK for number in range(weeks))
    )


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
