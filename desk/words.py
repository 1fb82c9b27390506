"""How dates and standings are written on a page. British English, no abbreviations; other languages by Babel's CLDR."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk.language.speaking import ENGLISH, language

STANDING_TAGS = {
    "critically overdue": "app-tag--critical",
    "overdue": "govuk-tag--red",
    "deficient": "govuk-tag--orange",
    "held without": "govuk-tag--orange",
    "due soon": "govuk-tag--yellow",
    "not given": "govuk-tag--orange",
    "answered": "govuk-tag--green",
    "for decision": "govuk-tag--blue",
    "open": "govuk-tag--blue",
    "submitted": "govuk-tag--teal",
    "accepted": "govuk-tag--green",
    "not sound": "govuk-tag--red",
    "needs attention": "govuk-tag--red",
    "past its day": "govuk-tag--red",
    "slow": "govuk-tag--orange",
    "stale": "govuk-tag--orange",
    "on track": "govuk-tag--teal",
    "complete": "govuk-tag--green",
    "closed": "govuk-tag--green",
    "sound": "govuk-tag--green",
    "well": "govuk-tag--green",
    "nothing overdue": "govuk-tag--green",
}


def standing_class(standing: str) -> str:
    """The tag class of a standing; those that ask for nothing (not due yet, suspended, waived, withdrawn) stay grey."""
    return STANDING_TAGS.get(standing.lower(), "govuk-tag--grey")


def within(name: str) -> str:
    """A name as it stands within a sentence: `the improvement board`."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def day(value: date) -> str:
    """`Friday 14 October 2016`. An instant must be brought into its zone first: see `moment`."""
    if language() != ENGLISH:
        from desk.language.dates import day_in

        return day_in(language(), value, weekday=True)
    return f"{value:%A} {value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """`14 October 2016`."""
    if language() != ENGLISH:
        from desk.language.dates import day_in

        return day_in(language(), value, weekday=False)
    return f"{value.day} {value:%B %Y}"


def clock_time(value: datetime) -> str:
    """`5pm`, `9:30am`, `midday`, `midnight`: the GOV.UK way."""
    if language() != ENGLISH:
        from desk.language.dates import time_in

        return time_in(language(), value)
    if value.minute == 0 and value.hour in {0, 12}:
        return "midday" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'pm' if value.hour >= 12 else 'am'}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """An instant in its zone: `Friday 14 October 2016, 11:59pm`. Naive times are refused."""
    if value.tzinfo is None:
        raise ValueError("A time without a zone cannot be shown.")
    local = value.astimezone(zone)
    return f"{day(local)}, {clock_time(local)}"


def days_left(days: int, last_day: date) -> str:
    """`26 days, until Friday 18 November 2016`; once it has passed, how long ago that was."""
    if days < 0:
        return f"None: the last day was {day(last_day)}, {_days(-days)} ago"
    return f"{_days(days)}, until {day(last_day)}" if days else f"Today is the last day, {day(last_day)}"


def _days(count: int) -> str:
    if language() != ENGLISH:
        from desk.language.dates import days_in

        return days_in(language(), count)
    return f"{count} day{'' if count == 1 else 's'}"
