"""Writes domain/time/calendars/england.json, the shipped calendar of England, and prints its hash.

For maintainers, about once a year or when an extra bank holiday is proclaimed:

    python deploy/maintenance/build_england_calendar.py --edition 2012-2028.1 --last-year 2028

The days come from GOV.UK's list of bank holidays in England and Wales as the package govuk-bank-holidays
carries it (no network). A year which that list does not reach is taken from the package holidays, which
forecasts the yearly ones. A changed list needs a new edition, and its hash goes into
tests/domain/time/test_england_calendar.py.
"""

import argparse
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
from calendar_text import calendar_text
from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped] # it ships no types

from domain.time.calendar import WEEKEND, calendar_from_json

TARGET = Path(__file__).parents[2] / "domain" / "time" / "calendars" / "england.json"
SOURCE = (
    "https://www.gov.uk/bank-holidays (England and Wales), as carried by govuk-bank-holidays {version}. "
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
NOTES = """\
Bank holidays of England and Wales; Saturdays and Sundays are no working days either.
Where a bank holiday falls at a weekend only its substitute day is listed, as GOV.UK does.
The package holidays lists the weekend day too, which makes no difference to any working day.
2012-06-04 and 2012-06-05: spring bank holiday moved from 28 May, and the Diamond Jubilee.
2020-05-08: early May bank holiday moved from 4 May for VE Day.
2022-06-02 and 2022-06-03: spring bank holiday moved from 30 May, and the Platinum Jubilee.
2022-09-19: State Funeral of Queen Elizabeth II. 2023-05-08: Coronation of King Charles III.""".splitlines()


def from_govuk(first_year: int, last_year: int) -> dict[date, str]:
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {entry["date"]: _title(entry) for entry in listed if first_year <= entry["date"].year <= last_year}


def from_holidays(years: range) -> dict[date, str]:
    listed = holidays.country_holidays("GB", subdiv="ENG", years=years)
    return {
        day: name.replace(" (observed)", " (substitute day)")
        for day, name in listed.items()
        if day.weekday() not in WEEKEND
    }


def england(first_year: int, last_year: int) -> dict[date, str]:
    """Every bank holiday on a weekday from 1 January of the first year to 31 December of the last."""
    listed = from_govuk(first_year, last_year)
    carried = {day.year for day in listed}
    if first_year not in carried:
        raise SystemExit(f"GOV.UK's list does not reach back to {first_year}.")
    beyond = range(max(carried) + 1, last_year + 1)
    # An empty range means "no year named" to the package, which then fills in years as they are asked for.
    return dict(sorted((listed | (from_holidays(beyond) if beyond else {})).items()))


def file_text(edition: str, first_year: int, last_year: int) -> str:
    head: dict[str, object] = {
        "name": "england",
        "edition": edition,
        "source": SOURCE.format(version=version("govuk-bank-holidays")),
        "first": date(first_year, 1, 1).isoformat(),
        "last": date(last_year, 12, 31).isoformat(),
        "weekend": sorted(WEEKEND),
    }
    days = [[day.isoformat(), title] for day, title in england(first_year, last_year).items()]
    return calendar_text(head, NOTES, days)


def _title(entry: dict[str, str]) -> str:
    substitute = entry["notes"] == "Substitute day"
    return entry["title"] + (" (substitute day)" if substitute else "")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="Write the shipped calendar of England and print its hash.")
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
