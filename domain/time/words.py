"""Dates and numbers as people write them. British English whatever the locale of the machine."""

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


def month_name(day: date) -> str:
    # Not strftime("%B"): that would follow the locale, and a recorded sentence must read the same everywhere.
    return MONTHS[day.month - 1]


def plain_date(day: date) -> str:
    """`19 May 2016`."""
    return f"{day.day} {month_name(day)} {day.year}"


def plain_range(first: date, last: date) -> str:
    """`19 to 31 May 2016`, `19 May to 18 June 2016`, `20 December 2016 to 19 January 2017`."""
    if first == last:
        return plain_date(last)
    if first.year != last.year:
        return f"{plain_date(first)} to {plain_date(last)}"
    return f"{_day_and_month_unless_same(first, last)} to {plain_date(last)}"


def plain_range_within_year(first: date, last: date) -> str:
    """`19 to 31 May` or `19 May to 30 June`: for use where the year is already said."""
    end = f"{last.day} {month_name(last)}"
    return end if first == last else f"{_day_and_month_unless_same(first, last)} to {end}"


def _day_and_month_unless_same(first: date, last: date) -> str:
    same_month = (first.year, first.month) == (last.year, last.month)
    return str(first.day) if same_month else f"{first.day} {month_name(first)}"


def ordinal(n: int) -> str:
    """`tenth`, `13th`, `22nd`: in letters up to twelve."""
    if 1 <= n <= len(_ORDINALS):
        return _ORDINALS[n - 1]
    in_the_teens = n // 10 % 10 == 1
    suffix = "th" if in_the_teens else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def counted(n: int, thing: str) -> str:
    """`1 month`, `6 months`."""
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
