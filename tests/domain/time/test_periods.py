"""Periods come from the anchor, never from the period before."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time.periods import (
    ALIGNED_MONTHS,
    FirstPeriod,
    Period,
    anniversary_periods,
    calendar_periods,
    nth_from_anchor,
)

ISSUED = date(2016, 5, 19)
DEADLINE = date(2017, 5, 31)
ANCHORS = st.dates(date(2012, 1, 1), date(2028, 12, 31))


def labels(periods: list[Period]) -> list[str]:
    return [period.label for period in periods]


def test_the_lancashire_year_has_thirteen_months_with_a_stub_and_twelve_without() -> None:
    with_stub = list(calendar_periods(ISSUED, 1, "stub", DEADLINE))
    without = list(calendar_periods(ISSUED, 1, "full", DEADLINE))
    assert with_stub[0] == Period("2016-05", ISSUED, date(2016, 5, 31))
    assert without[0] == Period("2016-06", date(2016, 6, 1), date(2016, 6, 30))
    assert with_stub[1:] == without
    assert (len(with_stub), len(without)) == (13, 12)
    assert without[-1] == Period("2017-05", date(2017, 5, 1), DEADLINE)


def test_the_lancashire_year_has_four_quarters_with_a_stub() -> None:
    periods = list(calendar_periods(ISSUED, 3, "stub", DEADLINE))
    assert labels(periods) == ["2016-Q2", "2016-Q3", "2016-Q4", "2017-Q1"]
    assert periods[0].first == ISSUED
    assert [period.last for period in periods] == [
        date(2016, 6, 30),
        date(2016, 9, 30),
        date(2016, 12, 31),
        date(2017, 3, 31),
    ]


def test_the_months_from_31_may_do_not_drift() -> None:
    assert [nth_from_anchor(date(2016, 5, 31), 1, n) for n in range(13)] == [
        date(2016, 5, 31),
        date(2016, 6, 30),
        date(2016, 7, 31),
        date(2016, 8, 31),
        date(2016, 9, 30),
        date(2016, 10, 31),
        date(2016, 11, 30),
        date(2016, 12, 31),
        date(2017, 1, 31),
        date(2017, 2, 28),
        date(2017, 3, 31),
        date(2017, 4, 30),
        date(2017, 5, 31),
    ]


def test_months_reckoned_one_from_the_other_would_drift() -> None:
    """The control: this is the fault that reckoning from the anchor avoids."""
    day = date(2016, 5, 31)
    for _ in range(12):
        day = nth_from_anchor(day, 1, 1)
    assert day == date(2017, 5, 28)


def test_six_months_from_the_notice_is_a_saturday() -> None:
    assert nth_from_anchor(ISSUED, 6, 1) == date(2016, 11, 19)
    assert date(2016, 11, 19).weekday() == 5


@pytest.mark.parametrize(
    ("n", "expected"),
    [(12, date(2017, 2, 28)), (24, date(2018, 2, 28)), (48, date(2020, 2, 29)), (-12, date(2015, 2, 28))],
)
def test_the_anniversary_of_a_leap_day_comes_back_in_a_leap_year(n: int, expected: date) -> None:
    assert nth_from_anchor(date(2016, 2, 29), 1, n) == expected


def test_numbered_periods_end_on_the_monthly_anniversary() -> None:
    periods = list(anniversary_periods(ISSUED, 1, date(2016, 8, 18)))
    assert periods == [
        Period("1", ISSUED, date(2016, 6, 19)),
        Period("2", date(2016, 6, 20), date(2016, 7, 19)),
    ]


def test_a_period_counts_as_ended_on_the_day_itself() -> None:
    assert labels(list(anniversary_periods(ISSUED, 6, date(2016, 11, 19)))) == ["1"]
    assert list(anniversary_periods(ISSUED, 6, date(2016, 11, 18))) == []
    assert list(calendar_periods(ISSUED, 1, "stub", date(2016, 5, 30))) == []


@pytest.mark.parametrize("first", ["stub", "full"])
@pytest.mark.parametrize("months", ALIGNED_MONTHS)
def test_an_anchor_on_the_first_day_begins_a_whole_period(months: int, first: FirstPeriod) -> None:
    opening = next(calendar_periods(date(2016, 1, 1), months, first, None))
    assert opening.first == date(2016, 1, 1)
    assert opening.last == date(2016, months, monthrange(2016, months)[1])
    assert "(" not in opening.title


@pytest.mark.parametrize(
    ("months", "label", "title", "next_title"),
    [
        (1, "2016-05", "May 2016 (19 to 31 May)", "June 2016"),
        (2, "2016-M05-06", "May to June 2016 (19 May to 30 June)", "July to August 2016"),
        (3, "2016-Q2", "April to June 2016 (19 May to 30 June)", "July to September 2016"),
        (6, "2016-H1", "January to June 2016 (19 May to 30 June)", "July to December 2016"),
        (12, "2016", "2016 (19 May to 31 December)", "2017"),
    ],
)
def test_periods_have_a_label_and_a_title(months: int, label: str, title: str, next_title: str) -> None:
    stub, whole = islice(calendar_periods(ISSUED, months, "stub", None), 2)
    assert (stub.label, stub.title, whole.title) == (label, title, next_title)


def test_a_stub_of_one_day_says_that_day() -> None:
    assert next(calendar_periods(date(2016, 5, 31), 1, "stub", None)).title == "May 2016 (31 May)"


def test_numbered_periods_are_titled_by_their_dates() -> None:
    titles = [period.title for period in anniversary_periods(ISSUED, 1, date(2017, 1, 31))]
    assert titles[0] == "19 May to 19 June 2016"
    assert titles[-1] == "20 December 2016 to 19 January 2017"


@pytest.mark.parametrize("months", [0, -1, 4, 5, 24])
def test_a_calendar_period_of_another_length_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match=rf"A calendar period has 1, 2, 3, 6 or 12 months, not {months}\."):
        next(calendar_periods(ISSUED, months, "stub", None))


def test_an_empty_numbered_period_is_refused() -> None:
    with pytest.raises(ValueError, match="A period has at least 1 month, not 0"):
        next(anniversary_periods(ISSUED, 0, None))


@given(ANCHORS, st.sampled_from(ALIGNED_MONTHS))
def test_calendar_periods_cover_every_day_from_the_anchor_once(anchor: date, months: int) -> None:
    periods = list(islice(calendar_periods(anchor, months, "stub", None), 30))
    assert periods[0].first == anchor
    assert_unbroken(periods)
    assert len(set(labels(periods))) == len(periods)
    assert all((period.last + timedelta(days=1)).day == 1 for period in periods)


@given(ANCHORS, st.sampled_from(ALIGNED_MONTHS))
def test_the_first_full_period_is_whole_and_not_before_the_anchor(anchor: date, months: int) -> None:
    full = next(calendar_periods(anchor, months, "full", None))
    assert full.first.day == 1
    assert (full.first.month - 1) % months == 0
    assert anchor <= full.first < nth_from_anchor(anchor, months, 1)


@given(ANCHORS, st.integers(1, 24))
def test_numbered_periods_cover_every_day_from_the_anchor_once_and_never_drift(
    anchor: date, months: int
) -> None:
    periods = list(islice(anniversary_periods(anchor, months, None), 40))
    assert periods[0].first == anchor
    assert_unbroken(periods)
    for period in periods:
        shortest = monthrange(period.last.year, period.last.month)[1]
        assert period.last.day == min(anchor.day, shortest)


def assert_unbroken(periods: list[Period]) -> None:
    assert all(period.first <= period.last for period in periods)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(periods))
