"""Dates and times as a council officer would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desk.words import clock_time, day, moment, short_day

LONDON = ZoneInfo("Europe/London")


def test_a_day_is_spelled_out() -> None:
    assert day(date(2016, 10, 4)) == "Tuesday 4 October 2016"
    assert short_day(date(2016, 10, 4)) == "4 October 2016"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (12, 0, "midday"),
        (9, 0, "9am"),
        (17, 30, "5:30pm"),
        (0, 5, "12:05am"),
        (23, 59, "11:59pm"),
    ],
)
def test_a_time_of_day_is_said_simply(hour: int, minute: int, words: str) -> None:
    assert clock_time(datetime(2016, 10, 4, hour, minute)) == words


def test_a_moment_is_told_in_the_zone_of_the_notice_summer_and_winter() -> None:
    assert moment(datetime(2016, 7, 14, 22, 59, tzinfo=UTC), LONDON) == "Thursday 14 July 2016, 11:59pm"
    assert moment(datetime(2016, 12, 14, 23, 59, tzinfo=UTC), LONDON) == "Wednesday 14 December 2016, 11:59pm"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        moment(datetime(2016, 7, 14), LONDON)
