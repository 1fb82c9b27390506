"""Local days as instants, over every change of the clocks from 2012 to 2028."""

import copy
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time.zones import UnknownZone, at_local, day_end, day_start, local_date, to_local

LONDON = "Europe/London"
YEARS = range(2012, 2029)
FIRST, LAST = datetime.combine(date(2012, 1, 1), time()), datetime.combine(date(2028, 12, 31), time())
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)


def local_text(instant: datetime, zone: str = LONDON) -> str:
    return to_local(instant, zone).isoformat()


def test_the_deadline_of_the_notice_ends_in_summer_time() -> None:
    assert day_end(date(2017, 5, 31), LONDON) == datetime(2017, 5, 31, 22, 59, 59, tzinfo=UTC)
    assert local_text(day_end(date(2017, 5, 31), LONDON)) == "2017-05-31T23:59:59+01:00"


def test_the_first_review_is_due_in_winter_time() -> None:
    assert local_text(day_end(date(2016, 11, 19), LONDON)) == "2016-11-19T23:59:59+00:00"


def test_instants_are_in_utc() -> None:
    for instant in (day_start(date(2016, 7, 1), LONDON), day_end(date(2016, 7, 1), LONDON)):
        assert instant.tzinfo is UTC


@pytest.mark.parametrize("year", YEARS)
def test_the_day_in_spring_has_23_hours(year: int) -> None:
    day = last_sunday(year, 3)
    assert day_end(day, LONDON) - day_start(day, LONDON) == timedelta(hours=23, seconds=-1)


@pytest.mark.parametrize("year", YEARS)
def test_the_day_in_autumn_has_25_hours(year: int) -> None:
    day = last_sunday(year, 10)
    assert day_end(day, LONDON) - day_start(day, LONDON) == timedelta(hours=25, seconds=-1)


@pytest.mark.parametrize("year", YEARS)
def test_a_time_that_the_clocks_skip_moves_forward_by_the_gap(year: int) -> None:
    day = last_sunday(year, 3)
    assert local_text(at_local(day, time(1, 30), LONDON)) == f"{day}T02:30:00+01:00"


@pytest.mark.parametrize("year", YEARS)
def test_a_time_that_comes_twice_is_the_first(year: int) -> None:
    day = last_sunday(year, 10)
    assert local_text(at_local(day, time(1, 30), LONDON)) == f"{day}T01:30:00+01:00"
    assert at_local(day, time(1, 30, fold=1), LONDON) == at_local(day, time(1, 30), LONDON)


def test_where_the_last_hour_comes_twice_the_day_ends_with_the_second() -> None:
    # Clocks in São Paulo went back from midnight to 23:00 on 17 February 2018.
    assert (
        local_text(day_end(date(2018, 2, 17), "America/Sao_Paulo"), "America/Sao_Paulo")
        == "2018-02-17T23:59:59-03:00"
    )


def test_a_day_that_begins_with_a_gap_starts_after_it() -> None:
    # Clocks in São Paulo went forward at midnight on 15 October 2017.
    start = day_start(date(2017, 10, 15), "America/Sao_Paulo")
    assert local_text(start, "America/Sao_Paulo") == "2017-10-15T01:00:00-02:00"


@given(st.dates(date(2012, 1, 1), date(2028, 12, 31)))
def test_days_follow_each_other_without_gap_or_overlap(day: date) -> None:
    assert day_start(day + timedelta(days=1), LONDON) - day_end(day, LONDON) == timedelta(seconds=1)
    assert local_date(day_start(day, LONDON), LONDON) == local_date(day_end(day, LONDON), LONDON) == day


@given(INSTANTS)
def test_a_local_time_is_the_same_instant_and_can_be_stored(instant: datetime) -> None:
    local = to_local(instant, LONDON)
    assert local == instant
    assert local.utcoffset() in {timedelta(0), timedelta(hours=1)}
    assert datetime.fromisoformat(local.isoformat()) == instant
    assert copy.deepcopy(local).isoformat() == local.isoformat()


@pytest.mark.parametrize("year", YEARS)
def test_arithmetic_on_a_local_time_stays_true_over_a_change_of_the_clocks(year: int) -> None:
    before = at_local(last_sunday(year, 3) - timedelta(days=1), time(12), LONDON)
    assert to_local(before, LONDON) + timedelta(days=1) == before + timedelta(days=1)


def test_a_local_time_carries_the_name_of_its_offset() -> None:
    assert to_local(datetime(2017, 5, 31, 12, tzinfo=UTC), LONDON).tzname() == "BST"


def test_an_instant_late_in_the_evening_falls_on_the_next_local_day_in_summer() -> None:
    assert local_date(datetime(2016, 6, 14, 23, 30, tzinfo=UTC), LONDON) == date(2016, 6, 15)
    assert local_date(datetime(2016, 12, 14, 23, 30, tzinfo=UTC), LONDON) == date(2016, 12, 14)


@pytest.mark.parametrize(
    "zone", ["Europe/Londinium", "Europe", "", "../../etc/passwd", "/etc/passwd", "a\0b"]
)
def test_an_unknown_zone_is_refused_in_plain_words(zone: str) -> None:
    with pytest.raises(
        UnknownZone, match=r"There is no time zone called .* Use a name such as Europe/London\."
    ):
        day_end(date(2016, 5, 19), zone)


def test_a_time_without_an_offset_is_not_an_instant() -> None:
    with pytest.raises(ValueError, match="has no offset, so it is not an instant"):
        local_date(datetime.combine(date(2016, 5, 19), time(12)), LONDON)


def test_a_day_that_is_no_instant_is_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match="1 January 1 is too near the edge of the calendar to be an instant"):
        day_start(date.min, "Asia/Tokyo")
    with pytest.raises(
        ValueError, match="31 December 9999 is too near the edge of the calendar to be an instant"
    ):
        day_end(date.max, "America/New_York")
