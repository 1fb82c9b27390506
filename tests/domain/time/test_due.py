"""The due rules, on the golden dates of the notice of 19 May 2016."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.time.calendar import CalendarDoesNotReach, load_calendar
from domain.time.due import (
    BeforeEvent,
    DaysAfterPeriod,
    DueRule,
    DueRuleLacks,
    FixedDate,
    MonthsAfter,
    NthWorkingDayAfterPeriod,
    PeriodEnd,
    WorkingDaysAfterPeriod,
    describe,
    due_date,
    due_instant,
)
from domain.time.periods import Period, anniversary_periods, calendar_periods
from domain.time.roll import Roll, rolled
from domain.time.zones import to_local

ENGLAND = load_calendar("england")
LONDON = "Europe/London"
ISSUED = date(2016, 5, 19)
RULES: TypeAdapter[DueRule] = TypeAdapter(DueRule)


def month(year: int, number: int) -> Period:
    return next(calendar_periods(date(year, number, 1), 1, "full", None))


def test_monthly_reports_fall_due_on_the_tenth_working_day_of_the_next_month() -> None:
    rule = NthWorkingDayAfterPeriod(n=10)
    months = calendar_periods(ISSUED, 1, "stub", date(2017, 4, 30))
    assert [due_date(rule, calendar=ENGLAND, period=period) for period in months] == [
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


def test_the_deadline_is_the_end_of_31_may_2017_in_summer_time() -> None:
    due = due_instant(FixedDate(on=date(2017, 5, 31)), calendar=ENGLAND, zone=LONDON)
    assert due == datetime(2017, 5, 31, 22, 59, 59, tzinfo=UTC)
    assert to_local(due, LONDON).isoformat() == "2017-05-31T23:59:59+01:00"


def test_the_first_review_is_due_on_the_saturday_six_months_on() -> None:
    due = due_instant(MonthsAfter(months=6), calendar=ENGLAND, zone=LONDON, anchor=ISSUED)
    assert to_local(due, LONDON).isoformat() == "2016-11-19T23:59:59+00:00"


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        ("none", date(2016, 11, 19)),
        ("following", date(2016, 11, 21)),
        ("preceding", date(2016, 11, 18)),
        ("modified-following", date(2016, 11, 21)),
    ],
)
def test_the_review_moves_off_the_saturday_as_its_roll_says(roll: Roll, expected: date) -> None:
    assert due_date(MonthsAfter(months=6, roll=roll), calendar=ENGLAND, anchor=ISSUED) == expected


@pytest.mark.parametrize(
    ("period", "none", "following", "preceding", "modified"),
    [
        (month(2016, 7), date(2016, 7, 31), date(2016, 8, 1), date(2016, 7, 29), date(2016, 7, 29)),
        (month(2016, 12), date(2016, 12, 31), date(2017, 1, 3), date(2016, 12, 30), date(2016, 12, 30)),
        (month(2017, 4), date(2017, 4, 30), date(2017, 5, 2), date(2017, 4, 28), date(2017, 4, 28)),
    ],
    ids=["July 2016", "December 2016", "April 2017"],
)
def test_month_ends_on_non_working_days_roll(
    period: Period, none: date, following: date, preceding: date, modified: date
) -> None:
    rolls: tuple[Roll, ...] = ("none", "following", "preceding", "modified-following")
    dues = [due_date(PeriodEnd(roll=roll), calendar=ENGLAND, period=period) for roll in rolls]
    assert dues == [none, following, preceding, modified]


def test_a_period_end_rule_on_numbered_periods_gives_the_anniversaries() -> None:
    periods = anniversary_periods(ISSUED, 1, date(2016, 8, 19))
    assert [due_date(PeriodEnd(), calendar=ENGLAND, period=period) for period in periods] == [
        date(2016, 6, 19),
        date(2016, 7, 19),
        date(2016, 8, 19),
    ]


def test_working_days_after_a_period_pass_over_christmas_and_new_year() -> None:
    due = due_date(WorkingDaysAfterPeriod(n=1), calendar=ENGLAND, period=month(2016, 12))
    assert due == date(2017, 1, 3)


def test_days_after_a_period_count_every_day_and_then_roll() -> None:
    march = month(2017, 3)
    assert due_date(DaysAfterPeriod(n=14), calendar=ENGLAND, period=march) == date(2017, 4, 14)
    rule = DaysAfterPeriod(n=14, roll="following")
    assert due_date(rule, calendar=ENGLAND, period=march) == date(2017, 4, 18)


def test_a_self_assessment_is_due_ten_working_days_before_the_review_and_moves_with_it() -> None:
    rule = BeforeEvent(working_days=10)
    assert due_date(rule, calendar=ENGLAND, event=date(2016, 11, 15)) == date(2016, 11, 1)
    assert due_date(rule, calendar=ENGLAND, event=date(2017, 1, 9)) == date(2016, 12, 21)


def test_a_lead_time_before_an_event_at_a_weekend_counts_back_from_it() -> None:
    assert due_date(BeforeEvent(working_days=1), calendar=ENGLAND, event=date(2016, 11, 19)) == date(
        2016, 11, 18
    )


def test_no_lead_time_is_the_day_of_the_event_rolled() -> None:
    saturday = date(2016, 11, 19)
    assert due_date(BeforeEvent(working_days=0), calendar=ENGLAND, event=saturday) == saturday
    earlier = BeforeEvent(working_days=0, roll="preceding")
    assert due_date(earlier, calendar=ENGLAND, event=saturday) == date(2016, 11, 18)


def test_a_proclaimed_holiday_moves_the_due_date_by_a_day() -> None:
    rule = NthWorkingDayAfterPeriod(n=10)
    changed = ENGLAND.with_holiday(date(2016, 6, 13), "Proclaimed bank holiday", "2012-2028.1+1")
    assert due_date(rule, calendar=changed, period=month(2016, 5)) == date(2016, 6, 15)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (NthWorkingDayAfterPeriod(n=10), "The due rule nth-working-day-of-next-month reckons from a period"),
        (WorkingDaysAfterPeriod(n=1), "The due rule working-days-after-period reckons from a period"),
        (DaysAfterPeriod(n=1), "The due rule days-after-period reckons from a period"),
        (PeriodEnd(), "The due rule period-end reckons from a period"),
        (MonthsAfter(months=6), "The due rule months-after reckons from an anchor date"),
        (BeforeEvent(working_days=10), "The due rule before-event reckons from the date of an event"),
    ],
)
def test_a_rule_without_the_date_it_reckons_from_is_refused(rule: DueRule, sentence: str) -> None:
    with pytest.raises(DueRuleLacks, match=sentence):
        due_date(rule, calendar=ENGLAND)


def test_a_rule_that_does_not_roll_asks_no_calendar() -> None:
    far = date(2035, 5, 31)
    assert due_date(FixedDate(on=far), calendar=ENGLAND) == far
    with pytest.raises(CalendarDoesNotReach):
        due_date(FixedDate(on=far, roll="following"), calendar=ENGLAND)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"rule": "nth-working-day-of-next-month", "n": 10}, NthWorkingDayAfterPeriod(n=10)),
        ({"rule": "working-days-after-period", "n": 5}, WorkingDaysAfterPeriod(n=5)),
        (
            {"rule": "days-after-period", "n": 14, "roll": "preceding"},
            DaysAfterPeriod(n=14, roll="preceding"),
        ),
        ({"rule": "period-end"}, PeriodEnd(roll="none")),
        ({"rule": "fixed-date", "on": "2017-05-31"}, FixedDate(on=date(2017, 5, 31))),
        ({"rule": "months-after", "months": 6}, MonthsAfter(months=6)),
        ({"rule": "before-event", "working_days": 10}, BeforeEvent(working_days=10)),
    ],
    ids=lambda value: value["rule"] if isinstance(value, dict) else "",
)
def test_a_rule_is_read_from_a_notice_file_and_written_back(written: dict[str, Any], read: DueRule) -> None:
    assert RULES.validate_python(written) == read
    assert RULES.validate_json(RULES.dump_json(read)) == read


@pytest.mark.parametrize(
    "written",
    [
        {"rule": "whenever"},
        {"n": 10},
        {"rule": "period-end", "rol": "none"},
        {"rule": "period-end", "roll": "sideways"},
        {"rule": "nth-working-day-of-next-month"},
        {"rule": "nth-working-day-of-next-month", "n": 0},
        {"rule": "nth-working-day-of-next-month", "n": 24},
        {"rule": "nth-working-day-of-next-month", "n": True},
        {"rule": "nth-working-day-of-next-month", "n": "10"},
        {"rule": "nth-working-day-of-next-month", "n": 10, "roll": "following"},
        {"rule": "months-after", "months": 10**30},
        {"rule": "before-event", "working_days": -1},
        {"rule": "fixed-date", "on": 20170531},
        {"rule": "fixed-date", "on": "20170531"},
        {"rule": "fixed-date", "on": "2017-02-30"},
        {"rule": "fixed-date", "on": "10000-01-01"},
    ],
    ids=str,
)
def test_a_rule_that_says_nothing_sure_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RULES.validate_python(written)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (NthWorkingDayAfterPeriod(n=10), "by the tenth working day of the month after the period"),
        (NthWorkingDayAfterPeriod(n=13), "by the 13th working day of the month after the period"),
        (NthWorkingDayAfterPeriod(n=22), "by the 22nd working day of the month after the period"),
        (WorkingDaysAfterPeriod(n=1), "within 1 working day after the period"),
        (WorkingDaysAfterPeriod(n=5), "within 5 working days after the period"),
        (
            DaysAfterPeriod(n=14, roll="following"),
            "within 14 days after the period, or the next working day if that is not one",
        ),
        (
            PeriodEnd(roll="preceding"),
            "by the last day of the period, or the working day before if that is not one",
        ),
        (
            PeriodEnd(roll="modified-following"),
            "by the last day of the period"
            ", or if that is not a working day the next in its month, or else the one before",
        ),
        (FixedDate(on=date(2017, 5, 31)), "by 31 May 2017"),
        (MonthsAfter(months=6), "within 6 months of the day it runs from"),
        (BeforeEvent(working_days=10), "at least 10 working days before the event"),
        (BeforeEvent(working_days=0), "by the day of the event"),
    ],
)
def test_a_rule_has_words(rule: DueRule, words: str) -> None:
    assert describe(rule) == words


@given(
    st.dates(date(2013, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["following", "preceding", "modified-following"]),
)
def test_a_rolled_day_is_a_working_day_and_a_working_day_stays(day: date, roll: Roll) -> None:
    moved = rolled(day, roll, ENGLAND)
    assert ENGLAND.is_working_day(moved)
    assert (moved == day) == ENGLAND.is_working_day(day)
    if roll == "modified-following":
        assert (moved.year, moved.month) == (day.year, day.month)


@given(st.dates(date(2013, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_a_lead_time_leaves_as_many_working_days_as_it_says(event: date, working_days: int) -> None:
    event = ENGLAND.next_working_day(event)
    due = due_date(BeforeEvent(working_days=working_days), calendar=ENGLAND, event=event)
    assert ENGLAND.working_days_between(due, event) == working_days
