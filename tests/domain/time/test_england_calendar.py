"""The shipped calendar of England, checked day by day against two packages made by others."""

import runpy
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped] # it ships no types

from domain.time.calendar import (
    CalendarDoesNotReach,
    HolidayCalendar,
    UnknownCalendar,
    calendar_from_json,
    load_calendar,
)

RECORDED_SHA256 = "d53cc44a95245705f275c4b17d02a96296e2332102a2c669bd73e4741487b78d"
GENERATOR = Path(__file__).parents[3] / "deploy" / "maintenance" / "build_england_calendar.py"

SPECIAL = {
    date(2012, 6, 4): "spring bank holiday, moved from 28 May",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2020, 5, 8): "early May bank holiday, moved from 4 May",
    date(2022, 6, 2): "spring bank holiday, moved from 30 May",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral",
    date(2023, 5, 8): "Coronation",
}
MOVED_AWAY_FROM = (date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30))


@pytest.fixture(scope="module")
def england() -> HolidayCalendar:
    return load_calendar("england")


def every_day(calendar: HolidayCalendar) -> list[date]:
    return [calendar.first + timedelta(days=n) for n in range((calendar.last - calendar.first).days + 1)]


def test_the_shipped_calendar_covers_2012_to_2028_and_has_its_recorded_hash(england: HolidayCalendar) -> None:
    assert (england.name, england.edition) == ("england", "2012-2028.1")
    assert (england.first, england.last) == (date(2012, 1, 1), date(2028, 12, 31))
    assert england.sha256 == RECORDED_SHA256


def test_every_day_agrees_with_the_list_of_gov_uk(england: HolidayCalendar) -> None:
    govuk = BankHolidays(use_cached_holidays=True)
    days = every_day(england)
    theirs = [govuk.is_work_day(day, division=BankHolidays.ENGLAND_AND_WALES) for day in days]
    assert [england.is_working_day(day) for day in days] == theirs


def test_every_day_agrees_with_the_package_holidays(england: HolidayCalendar) -> None:
    package = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    for day in every_day(england):
        assert england.is_working_day(day) == (day.weekday() < 5 and day not in package), day


def test_the_only_days_one_package_lists_and_the_file_does_not_are_at_weekends(
    england: HolidayCalendar,
) -> None:
    package = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    ours = {day for day, _ in england.holidays}
    unlisted = set(package) - ours
    assert ours < set(package)
    assert len(unlisted) == 14
    assert {day.weekday() for day in unlisted} == {5, 6}


@pytest.mark.parametrize("day", SPECIAL, ids=str)
def test_a_day_out_of_the_yearly_order_is_a_holiday(england: HolidayCalendar, day: date) -> None:
    assert not england.is_working_day(day)
    assert england.holiday_name(day)


@pytest.mark.parametrize("day", MOVED_AWAY_FROM, ids=str)
def test_a_day_that_a_holiday_was_moved_away_from_is_a_working_day(
    england: HolidayCalendar, day: date
) -> None:
    assert england.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2016, 12, 27),
        date(2017, 1, 2),
        date(2017, 4, 14),
        date(2017, 4, 17),
        date(2017, 5, 1),
        date(2017, 5, 29),
    ],
    ids=str,
)
def test_the_bank_holidays_that_bite_in_the_lancashire_year_are_no_working_days(
    england: HolidayCalendar, day: date
) -> None:
    assert day.weekday() < 5
    assert not england.is_working_day(day)


@pytest.mark.parametrize("day", [date(2016, 7, 31), date(2016, 12, 31), date(2017, 4, 30)], ids=str)
def test_these_month_ends_are_no_working_days(england: HolidayCalendar, day: date) -> None:
    assert not england.is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2016, 6, 19), date(2016, 11, 19), date(2017, 2, 19), date(2017, 3, 19)], ids=str
)
def test_these_anniversaries_of_the_notice_are_no_working_days(england: HolidayCalendar, day: date) -> None:
    assert not england.is_working_day(day)


def test_the_tenth_working_days_of_the_lancashire_year(england: HolidayCalendar) -> None:
    months = [(2016, month) for month in range(6, 13)] + [(2017, month) for month in range(1, 6)]
    assert [england.nth_working_day_of_month(year, month, 10) for year, month in months] == [
        date(2016, 6, 14),
        date(2016, 7, 14),
        date(2016, 8, 12),
        date(2016, 9, 14),
        date(2016, 10, 14),
        date(2016, 11, 14),
        date(2016, 12, 14),
        date(2017, 1, 16),
        date(2017, 2, 14),
        date(2017, 3, 14),
        date(2017, 4, 18),
        date(2017, 5, 15),
    ]


def test_the_generator_still_writes_the_shipped_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(GENERATOR.parent)
    written = tmp_path / "england.json"
    arguments = ["--edition", "2012-2028.1", "--last-year", "2028", "--to", str(written)]
    runpy.run_path(str(GENERATOR))["main"](arguments)
    assert calendar_from_json(written.read_text(encoding="utf-8")).sha256 == RECORDED_SHA256


def test_a_calendar_that_is_not_shipped_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownCalendar, match=r"no calendar called 'ruritania'.*: england, united-states\."):
        load_calendar("ruritania")


@pytest.mark.parametrize("name", ["../calendars/england", "england.json", "", "/etc/passwd"])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(UnknownCalendar):
        load_calendar(name)


def test_a_day_beyond_the_calendar_is_refused_in_plain_words(england: HolidayCalendar) -> None:
    with pytest.raises(CalendarDoesNotReach) as refusal:
        england.is_working_day(date(2029, 1, 3))
    assert str(refusal.value) == (
        "The calendar england (edition 2012-2028.1) covers 1 January 2012 to 31 December 2028, "
        "and it says nothing about 3 January 2029. Use an edition that reaches further."
    )
