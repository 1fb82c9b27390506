"""What an iCalendar file says of hours, read by another library than the one that wrote it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.tz import tzical

from desk.feeds.calendar_file import calendar_file
from desk.feeds.freshness import headers_of, is_fresh
from desk.feeds.zone_rules import zone_rules
from domain.identity import OccurrenceId
from projections.due_dates import DueDate

A_DATE = DueDate(
    name="a-notice/a-report/2016-10/due",
    occurrence=OccurrenceId("a-notice", "a-report", "2016-10"),
    opened=True,
    title="A report; with a comma, a \\ and “words”",
    zone="Europe/London",
    first=date(2016, 10, 28),
    last=date(2016, 10, 28),
    at=None,
    surety="certain",
    met=False,
    is_deadline=True,
    clause="Clause 6b",
    clause_text="The council must report.\nMonthly.",
    why="Under clause 6b, the council must report.",
    notes=(),
    asked=(),
    reminders=(),
    revision=3,
    changed=datetime(2016, 10, 1, 8, 30, 15, 500, tzinfo=UTC),
)


def written(*dates: DueDate) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(calendar_file("Dates", dates, "https://desk.example/"))


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"])
def test_the_changes_of_the_clocks_are_those_of_the_zone(zone: str) -> None:
    calendar = icalendar.Calendar()
    calendar.add_component(zone_rules(zone, date(2016, 1, 1), date(2018, 1, 1)))
    read = tzical(io.StringIO(calendar.to_ical().decode().replace("\r\n", "\n"))).get()
    hour = datetime(2016, 1, 2)
    while hour < datetime(2017, 12, 31):
        assert hour.replace(tzinfo=read).utcoffset() == hour.replace(tzinfo=ZoneInfo(zone)).utcoffset(), hour
        hour += timedelta(hours=3)


def test_what_is_due_at_an_hour_is_told_in_the_zone_of_the_notice() -> None:
    noons = [
        replace(
            A_DATE,
            name=f"{day}",
            first=day,
            last=day,
            at=datetime(2016, day.month, day.day, hour, tzinfo=UTC),
        )
        for day, hour in ((date(2016, 10, 28), 11), (date(2016, 11, 1), 12))
    ]
    calendar = written(*noons)
    assert [str(each["TZID"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    told = [each["DTSTART"] for each in calendar.walk("VEVENT")]
    assert [each.params["TZID"] for each in told] == ["Europe/London"] * 2
    assert [each.dt.hour for each in told] == [12, 12]
    (only,) = recurring_ical_events.of(calendar).at((2016, 11, 1))
    assert only["DTSTART"].dt.astimezone(UTC) == datetime(2016, 11, 1, 12, tzinfo=UTC)


def test_what_is_due_by_the_end_of_a_day_is_that_day_in_every_zone() -> None:
    (event,) = written(A_DATE).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2016, 10, 28), date(2016, 10, 29))
    assert written(A_DATE).walk("VTIMEZONE") == []
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt) == (3, datetime(2016, 10, 1, 8, 30, 15, tzinfo=UTC))


def test_words_come_back_as_they_were() -> None:
    (event,) = written(A_DATE).walk("VEVENT")
    assert event["SUMMARY"] == f"Due: {A_DATE.title}"
    assert "The council must report.\nMonthly." in event["DESCRIPTION"]
    assert event["URL"] == "https://desk.example/notice/a-notice/occurrences/a-report/2016-10"


def test_the_same_dates_are_the_same_bytes() -> None:
    assert calendar_file("Dates", [A_DATE], "https://x.example") == calendar_file(
        "Dates", [A_DATE], "https://x.example"
    )


def test_a_change_is_not_dated_in_the_second_in_which_another_may_follow() -> None:
    now = datetime(2016, 10, 1, 8, 0, 0, 900_000, tzinfo=UTC)
    assert "last-modified" not in headers_of(b"x", now - timedelta(milliseconds=800), now)
    dated = headers_of(b"x", now - timedelta(seconds=2), now)
    assert dated["last-modified"] == "Sat, 01 Oct 2016 07:59:58 GMT"
    assert is_fresh({"if-modified-since": dated["last-modified"]}, dated)
    assert not is_fresh({"if-modified-since": "Sat, 01 Oct 2016 07:59:57 GMT"}, dated)
    assert not is_fresh({"if-none-match": '"y"', "if-modified-since": dated["last-modified"]}, dated)
    assert is_fresh({"if-none-match": "*"}, dated)
