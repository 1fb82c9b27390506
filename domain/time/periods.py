"""The periods that reports are owed for. Always reckoned from the anchor, never from the period before:
"the last one plus a month" drifts (31 May, 30 June, ..., 28 February, 28 March, 28 May)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Literal

from dateutil.relativedelta import relativedelta

from domain.time.words import month_name, plain_range, plain_range_within_year

A_YEAR = 12
ALIGNED_MONTHS = (1, 2, 3, 6, A_YEAR)
FirstPeriod = Literal["stub", "full"]

_MONTHS_BY_LABEL = (
    (1, re.compile(r"\d{4}-\d{2}")),
    (2, re.compile(r"\d{4}-M\d{2}-\d{2}")),
    (3, re.compile(r"\d{4}-Q[1-4]")),
    (6, re.compile(r"\d{4}-H[12]")),
    (12, re.compile(r"\d{4}")),
)


@dataclass(frozen=True, slots=True)
class Period:
    """`first` and `last` are both inside. Labels: `2016-05`, `2016-M05-06`, `2016-Q2`, `2016-H1`, `2016` for
    calendar periods; `1`, `2`, ... for numbered ones."""

    label: str
    first: date
    last: date

    @property
    def title(self) -> str:
        """`June 2016`, `July to September 2016`, `May 2016 (19 to 31 May)`, `19 May to 19 June 2016`."""
        months = _months_of(self.label)
        if months is None:
            return plain_range(self.first, self.last)
        whole = self.last.replace(day=1) - relativedelta(months=months - 1)
        name = _calendar_name(whole, self.last, months)
        return name if self.first == whole else f"{name} ({plain_range_within_year(self.first, self.last)})"


def nth_from_anchor(anchor: date, months: int, n: int) -> date:
    """anchor + n times months, clipped to the end of a shorter month: 31 May, 30 June, 31 July."""
    return anchor + relativedelta(months=months * n)


def calendar_periods(anchor: date, months: int, first: FirstPeriod, until: date | None) -> Iterator[Period]:
    """Periods aligned to the calendar year (quarters begin in January, April, July, October), in order.

    `stub`: the first runs from the anchor to the end of its calendar period; `full`: the first is the first
    whole one on or after the anchor. Only periods that have ended by `until` (that day included) are given;
    without it they go on without end.
    """
    if months not in ALIGNED_MONTHS:
        raise ValueError(f"A calendar period has 1, 2, 3, 6 or 12 months, not {months}.")
    opening = date(anchor.year, anchor.month - (anchor.month - 1) % months, 1)
    for n in count():
        start = nth_from_anchor(opening, months, n)
        if start < anchor and first == "full":
            continue
        last = nth_from_anchor(opening, months, n + 1) - timedelta(days=1)
        if until is not None and last > until:
            return
        yield Period(_label(start, months), max(start, anchor), last)


def anniversary_periods(anchor: date, months: int, until: date | None) -> Iterator[Period]:
    """Numbered periods: the n-th ends on anchor + n times months, and the next begins the day after.

    The end is the day of the same number in its month (corresponding-date rule, Dodds v Walker [1981]
    1 WLR 1027); the first begins on the anchor itself. Only periods that have ended by `until` (that day
    included) are given.
    """
    if months < 1:
        raise ValueError(f"A period has at least 1 month, not {months}.")
    first = anchor
    for n in count(1):
        last = nth_from_anchor(anchor, months, n)
        if until is not None and last > until:
            return
        yield Period(str(n), first, last)
        first = last + timedelta(days=1)


def _label(start: date, months: int) -> str:
    number = (start.month - 1) // months + 1
    match months:
        case 1:
            return f"{start.year:04}-{start.month:02}"
        case 2:
            return f"{start.year:04}-M{start.month:02}-{start.month + 1:02}"
        case 3:
            return f"{start.year:04}-Q{number}"
        case 6:
            return f"{start.year:04}-H{number}"
        case _:
            return f"{start.year:04}"


def _months_of(label: str) -> int | None:
    return next((months for months, shape in _MONTHS_BY_LABEL if shape.fullmatch(label)), None)


def _calendar_name(first: date, last: date, months: int) -> str:
    if months == 1:
        return f"{month_name(last)} {last.year}"
    if months == A_YEAR:
        return str(last.year)
    return f"{month_name(first)} to {month_name(last)} {last.year}"
