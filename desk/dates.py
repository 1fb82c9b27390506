"""A day typed as day, month and year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

PARTS = ("day", "month", "year")
WHEN_HELD = "Enter the day on which it was held"


def day_fields(name: str) -> tuple[str, ...]:
    """The three fields of one day: `until-day`, `until-month`, `until-year`."""
    return tuple(f"{name}-{part}" for part in PARTS)


def day_typed(typed: Mapping[str, str], name: str, nothing: str) -> date | str:
    """The day in three fields, or a sentence saying what is wrong; `nothing`: that for three empty ones."""
    day, month, year = (typed.get(each, "") for each in day_fields(name))
    return day_from_parts(day, month, year, nothing)


def as_typed(name: str, day: date) -> dict[str, str]:
    """A day as somebody would have typed it."""
    return dict(zip(day_fields(name), (str(day.day), str(day.month), str(day.year)), strict=True))


def day_from_parts(day: str, month: str, year: str, nothing: str = WHEN_HELD) -> date | str:
    """The day, or a sentence saying what is wrong with it."""
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return nothing
    missing = [name for name, part in zip(("a day", "a month", "a year"), parts, strict=True) if not part]
    if missing:
        return f"The date must have {' and '.join(missing)}"
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return "Enter the date in numbers, for example 27 3 2016"
    if len(parts[2]) != 4:
        return "The year must have four digits"
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return "There is no such day in the calendar"
