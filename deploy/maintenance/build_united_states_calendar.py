"""Writes domain/time/calendars/united-states.json, the shipped federal calendar, and prints its hash.

For maintainers, about once a year or when Congress adds a holiday:

    python deploy/maintenance/build_united_states_calendar.py --edition 2012-2028.1 --last-year 2028

The days are the legal public holidays of 5 U.S.C. 6103 as the package holidays carries them (no network). A changed
list needs a new edition, and its hash goes into tests/domain/time/test_united_states_calendar.py.
"""

import argparse
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
from calendar_text import calendar_text

from domain.time.calendar import WEEKEND, calendar_from_json

TARGET = Path(__file__).parents[2] / "domain" / "time" / "calendars" / "united-states.json"
SOURCE = "The legal public holidays of 5 U.S.C. 6103, as carried by holidays {version}."
NOTES = """\
Federal holidays of the United States; Saturdays and Sundays are no working days either.
A holiday on a Saturday is observed on the Friday before, one on a Sunday on the Monday after.
Where a holiday falls at a weekend only the day on which it is observed is listed.
Inauguration Day is a holiday in and around Washington only, and is left out.
Days on which a President closed the executive departments are no legal public holidays, and are left out.
2021-06-18: Juneteenth National Independence Day, observed for the first time.""".splitlines()


def federal(first_year: int, last_year: int) -> dict[date, str]:
    """Every federal holiday on a weekday from 1 January of the first year to 31 December of the last."""
    # The year after is asked for too: its New Year's Day may be observed on the last day of the last year.
    listed = holidays.country_holidays("US", years=range(first_year, last_year + 2))
    return {
        day: name
        for day, name in sorted(listed.items())
        if day.weekday() not in WEEKEND and first_year <= day.year <= last_year
    }


def file_text(edition: str, first_year: int, last_year: int) -> str:
    head: dict[str, object] = {
        "name": "united-states",
        "edition": edition,
        "source": SOURCE.format(version=version("holidays")),
        "first": date(first_year, 1, 1).isoformat(),
        "last": date(last_year, 12, 31).isoformat(),
        "weekend": sorted(WEEKEND),
    }
    days = [[day.isoformat(), name] for day, name in federal(first_year, last_year).items()]
    return calendar_text(head, NOTES, days)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="Write the shipped federal calendar and print its hash.")
    parser.add_argument("--edition", required=True)
    parser.add_argument("--first-year", type=int, default=2012)
    parser.add_argument("--last-year", type=int, required=True)
    parser.add_argument("--to", type=Path, default=TARGET)
    asked = parser.parse_args(arguments)
    text = file_text(asked.edition, asked.first_year, asked.last_year)
    asked.to.write_text(text, encoding="utf-8")
    print(calendar_from_json(text).sha256)


if __name__ == "__main__":
    main(sys.argv[1:])
