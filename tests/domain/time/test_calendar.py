"""Counting in working days, on a small calendar and by properties over the shipped one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from domain.time.calendar import CalendarDoesNotReach, HolidayCalendar, calendar_from_json, load_calendar

ENGLAND = load_calendar("england")
# Far enough from both ends that no count below runs out of the calendar.
DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))
COUNTS = st.integers(1, 200)
DAYS_WELL_INSIDE = st.dates(date(2013, 1, 1), date(2026, 12, 31))

EASTER_WEEK = HolidayCalendar(
    name="easter-week",
    edition="1",
    first=date(2017, 4, 10),
    last=date(2017, 4, 23),
    holidays=((date(2017, 4, 14), "Good Friday"), (date(2017, 4, 17), "Easter Monday")),
)


def test_the_next_working_day_over_easter_is_the_tuesday() -> None:
    assert EASTER_WEEK.next_working_day(date(2017, 4, 14)) == date(2017, 4, 18)


def test_the_working_day_before_easter_monday_is_the_thursday() -> None:
    assert EASTER_WEEK.previous_working_day(date(2017, 4, 17)) == date(2017, 4, 13)


def test_a_working_day_is_its_own_next_and_previous() -> None:
    assert EASTER_WEEK.next_working_day(date(2017, 4, 13)) == date(2017, 4, 13)
    assert EASTER_WEEK.previous_working_day(date(2017, 4, 13)) == date(2017, 4, 13)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, date(2017, 4, 18)), (2, date(2017, 4, 19)), (-1, date(2017, 4, 12)), (-2, date(2017, 4, 11))],
)
def test_counting_begins_strictly_outside_the_day(n: int, expected: date) -> None:
    assert EASTER_WEEK.add_working_days(date(2017, 4, 13), n) == expected


def test_adding_no_working_days_rolls_forward() -> None:
    assert EASTER_WEEK.add_working_days(date(2017, 4, 15), 0) == date(2017, 4, 18)
    assert EASTER_WEEK.add_working_days(date(2017, 4, 18), 0) == date(2017, 4, 18)


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert EASTER_WEEK.working_days_between(date(2017, 4, 13), date(2017, 4, 18)) == 1
    assert EASTER_WEEK.working_days_between(date(2017, 4, 14), date(2017, 4, 17)) == 0
    assert EASTER_WEEK.working_days_between(date(2017, 4, 18), date(2017, 4, 13)) == -1


@pytest.mark.parametrize("day", [date(2017, 4, 9), date(2017, 4, 24)])
def test_no_question_is_answered_about_a_day_outside(day: date) -> None:
    questions = (
        EASTER_WEEK.is_working_day,
        EASTER_WEEK.holiday_name,
        EASTER_WEEK.next_working_day,
        EASTER_WEEK.previous_working_day,
        lambda asked: EASTER_WEEK.add_working_days(asked, 1),
        lambda asked: EASTER_WEEK.add_working_days(asked, -1),
        lambda asked: EASTER_WEEK.working_days_between(date(2017, 4, 12), asked),
        lambda asked: EASTER_WEEK.working_days_between(asked, date(2017, 4, 12)),
    )
    for question in questions:
        with pytest.raises(CalendarDoesNotReach):
            question(day)


@pytest.mark.parametrize("n", [9, -4, 10**6, -(10**6)])
def test_a_count_that_runs_out_of_the_calendar_is_refused(n: int) -> None:
    with pytest.raises(CalendarDoesNotReach, match="this count of working days leaves it"):
        EASTER_WEEK.add_working_days(date(2017, 4, 13), n)


def test_the_last_days_of_a_calendar_have_no_next_working_day() -> None:
    with pytest.raises(CalendarDoesNotReach):
        EASTER_WEEK.next_working_day(date(2017, 4, 22))


@pytest.mark.parametrize("n", [0, -1, 19])
def test_a_month_has_no_working_day_beyond_its_last(n: int) -> None:
    with pytest.raises(
        ValueError, match=rf"April 2017 has no working day number {n} in the calendar england"
    ):
        ENGLAND.nth_working_day_of_month(2017, 4, n)


def test_the_last_working_day_of_a_month_is_reached() -> None:
    assert ENGLAND.nth_working_day_of_month(2017, 4, 18) == date(2017, 4, 28)


def test_another_weekend_makes_other_working_days() -> None:
    friday_and_saturday = HolidayCalendar(
        "gulf", "1", date(2016, 1, 1), date(2016, 12, 31), holidays=(), weekend=frozenset({4, 5})
    )
    assert friday_and_saturday.next_working_day(date(2016, 5, 20)) == date(2016, 5, 22)


def test_a_proclaimed_holiday_makes_a_new_edition_with_another_hash() -> None:
    day = date(2016, 6, 13)
    changed = ENGLAND.with_holiday(day, "Proclaimed bank holiday", "2012-2028.1+1")
    assert ENGLAND.is_working_day(day)
    assert not changed.is_working_day(day)
    assert changed.holiday_name(day) == "Proclaimed bank holiday"
    assert changed.sha256 != ENGLAND.sha256
    assert changed.nth_working_day_of_month(2016, 6, 10) == date(2016, 6, 15)
    assert calendar_from_json(changed.canonical_json()) == changed


def test_a_calendar_recorded_in_an_event_comes_back_with_its_hash_and_its_working_days() -> None:
    recorded = TypeAdapter(HolidayCalendar)
    again = recorded.validate_json(recorded.dump_json(ENGLAND))
    assert again.sha256 == ENGLAND.sha256
    assert (
        again.working_days_between(ENGLAND.first, ENGLAND.last) == 4435 - 140
    )  # weekdays less bank holidays
    assert b"_working" not in recorded.dump_json(ENGLAND)


@given(DAYS, COUNTS)
def test_adding_then_subtracting_working_days_comes_back(day: date, n: int) -> None:
    start = ENGLAND.next_working_day(day)
    assert ENGLAND.add_working_days(ENGLAND.add_working_days(start, n), -n) == start
    assert ENGLAND.add_working_days(ENGLAND.add_working_days(start, -n), n) == start


@given(DAYS_WELL_INSIDE, COUNTS, COUNTS)
def test_adding_in_two_steps_is_adding_at_once(day: date, n: int, m: int) -> None:
    assert ENGLAND.add_working_days(ENGLAND.add_working_days(day, n), m) == ENGLAND.add_working_days(
        day, n + m
    )


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_gives_an_earlier_end(a: date, b: date, n: int) -> None:
    earlier, later = sorted((a, b))
    assert ENGLAND.add_working_days(earlier, n) <= ENGLAND.add_working_days(later, n)


@given(DAYS, COUNTS)
def test_as_many_days_lie_between_as_were_added(day: date, n: int) -> None:
    reached = ENGLAND.add_working_days(day, n)
    assert ENGLAND.is_working_day(reached)
    assert ENGLAND.working_days_between(day, reached) == n


@given(DAYS, st.integers(0, 60))
def test_days_between_are_the_working_days_that_one_counts_by_hand(day: date, length: int) -> None:
    span = [day + timedelta(days=n) for n in range(1, length + 1)]
    by_hand = sum(ENGLAND.is_working_day(each) for each in span)
    assert ENGLAND.working_days_between(day, day + timedelta(days=length)) == by_hand


@given(DAYS)
def test_no_working_day_is_skipped_when_rolling(day: date) -> None:
    forward, back = ENGLAND.next_working_day(day), ENGLAND.previous_working_day(day)
    assert back <= day <= forward
    between = [back + timedelta(days=n) for n in range(1, (forward - back).days)]
    assert not any(ENGLAND.is_working_day(each) for each in between)
