"""A day typed as day, month and year."""

from __future__ import annotations

from datetime import date


def day_from_parts(day: str, month: str, year: str) -> date | str:
    """The day, or a sentence saying what is wrong with it."""
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return "Enter the day on which it was held"
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
