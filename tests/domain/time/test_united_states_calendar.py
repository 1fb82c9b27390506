"""The shipped federal calendar, checked day by day against the words of 5 U.S.C. 6103."""

import runpy
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from domain.time.calendar import HolidayCalendar, calendar_from_json, load_calendar

RECORDED_SHA256 = "1617c705aafaaa629c3edcc66d21826ec59c7f66822b0d3c86399b15093362d6"
GENERATOR = Path(__file__).parents[3] / "deploy" / "maintenance" / "build_united_states_calendar.py"

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
A_DAY = timedelta(days=1)
JUNETEENTH_SINCE = 2021


@pytest.fixture(scope="module")
def federal() -> HolidayCalendar:
    return load_calendar("united-states")


def every_day(calendar: HolidayCalendar) -> list[date]:
    return [calendar.first + n * A_DAY for n in range((calendar.last - calendar.first).days + 1)]


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; the last one for n = -1."""
    days = [date(year, month, 1) + k * A_DAY for k in range(31)]
    found = [day for day in days if day.month == month and day.weekday() == weekday]
    return found[n if n < 0 else n - 1]


def legal_holidays(year: int) -> Iterator[date]:
    """As the statute lists them."""
    yield date(year, 1, 1)
    yield nth(year, 1, MONDAY, 3)
    yield nth(year, 2, MONDAY, 3)
    yield nth(year, 5, MONDAY, -1)
    if year >= JUNETEENTH_SINCE:
        yield date(year, 6, 19)
    yield date(year, 7, 4)
    yield nth(year, 9, MONDAY, 1)
    yield nth(year, 10, MONDAY, 2)
    yield date(year, 11, 11)
    yield nth(year, 11, THURSDAY, 4)
    yield date(year, 12, 25)


def observed(day: date) -> date:
    return day + {SATURDAY: -A_DAY, SUNDAY: A_DAY}.get(day.weekday(), timedelta())


def test_the_shipped_calendar_covers_2012_to_2028_and_has_its_recorded_hash(federal: HolidayCalendar) -> None:
    assert (federal.name, federal.edition) == ("united-states", "2012-2028.1")
    assert (federal.first, federal.last) == (date(2012, 1, 1), date(2028, 12, 31))
    assert federal.sha256 == RECORDED_SHA256


def test_every_day_agrees_with_the_words_of_the_statute(federal: HolidayCalendar) -> None:
    off = {observed(day) for year in range(2012, 2030) for day in legal_holidays(year)}
    for day in every_day(federal):
        assert federal.is_working_day(day) == (day.weekday() < SATURDAY and day not in off), day


def test_every_day_agrees_with_the_package_holidays(federal: HolidayCalendar) -> None:
    package = holidays.country_holidays("US", years=range(2012, 2030))
    for day in every_day(federal):
        assert federal.is_working_day(day) == (day.weekday() < SATURDAY and day not in package), day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 6, 18), "Juneteenth National Independence Day (observed)"),
        (date(2021, 12, 31), "New Year's Day (observed)"),
        (date(2023, 11, 10), "Veterans Day (observed)"),
        (date(2027, 12, 31), "New Year's Day (observed)"),
    ],
    ids=str,
)
def test_a_holiday_at_a_weekend_is_observed_on_the_day_beside_it(
    federal: HolidayCalendar, day: date, name: str
) -> None:
    assert not federal.is_working_day(day)
    assert federal.holiday_name(day) == name


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 6, 19), "Juneteenth was no holiday yet"),
        (date(2021, 1, 20), "Inauguration Day is one around Washington only"),
        (date(2024, 12, 24), "the President closed the departments, which makes no legal holiday"),
        (date(2025, 1, 9), "so does a national day of mourning not"),
    ],
    ids=str,
)
def test_a_day_that_is_no_legal_holiday_is_a_working_day(
    federal: HolidayCalendar, day: date, why: str
) -> None:
    assert federal.is_working_day(day), why


def test_the_days_on_which_england_works_and_the_united_states_do_not() -> None:
    england, federal = load_calendar("england"), load_calendar("united-states")
    assert england.is_working_day(date(2024, 7, 4))
    assert not federal.is_working_day(date(2024, 7, 4))
    assert federal.is_working_day(date(2024, 4, 1))
    assert not england.is_working_day(date(2024, 4, 1))


def test_the_generator_still_writes_the_shipped_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(GENERATOR.parent)
    written = tmp_path / "united-states.json"
    arguments = ["--edition", "2012-2028.1", "--last-year", "2028", "--to", str(written)]
    runpy.run_path(str(GENERATOR))["main"](arguments)
    assert calendar_from_json(written.read_text(encoding="utf-8")).sha256 == RECORDED_SHA256
