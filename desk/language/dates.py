"""Days, times and numbers of days in another language than English, by Babel's CLDR."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_time
from babel.units import format_unit

from desk.language.speaking import marked

LONG_DAY, SHORT_DAY = "EEEE d MMMM y", "d MMMM y"


def day_in(language: str, value: date, *, weekday: bool) -> str:
    """`Dydd Gwener 14 Hydref 2016`; without its weekday `14 Hydref 2016`."""
    return marked(format_date(value, LONG_DAY if weekday else SHORT_DAY, language))


def time_in(language: str, value: datetime) -> str:
    """`17:00`."""
    return marked(format_time(value.time(), "short", locale=language))


def days_in(language: str, count: int) -> str:
    """`2 ddiwrnod`."""
    return marked(format_unit(count, "day", locale=language))
