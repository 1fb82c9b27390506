"""Nobody is disturbed at night, on a Sunday or on a bank holiday, and nothing that counts is late because of it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.delivery.holding import Holding, QuietHours
from domain.actor import Actor
from domain.commands import RequestExtension
from domain.notice.state import Notice
from domain.time.calendar import load_calendar
from domain.time.zones import local_date, to_local
from tests.delivery.conftest import REPORT, World, local, notice_file

NIGHT = QuietHours(time(18), time(8))
ENGLAND = load_calendar("england")


class InLondon:
    """As much of a notice as quiet hours look at."""

    terms = notice_file().notice
    working_days = ENGLAND


LONDON: Notice = InLondon()  # type: ignore[assignment]


@settings(max_examples=150, deadline=None)
@given(
    now=st.datetimes(datetime(2016, 1, 1), datetime(2018, 12, 1), timezones=st.just(UTC)),
    begin=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    end=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_whatever_the_hour_it_goes_out_on_a_working_day_outside_quiet_hours(now, begin, end) -> None:
    if begin == end:
        return
    quiet = QuietHours(begin, end)
    until = quiet.over_at(LONDON, now)
    assert until >= now
    assert ENGLAND.is_working_day(local_date(until, "Europe/London"))
    hour = to_local(until, "Europe/London").time()
    inside = begin <= hour < end if begin < end else (hour >= begin or hour < end)
    assert not inside
    assert quiet.over_at(LONDON, until) == until
    assert until - now < timedelta(days=7)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2016-06-15 17:59", "2016-06-15 17:59"),
        ("2016-06-15 18:00", "2016-06-16 08:00"),
        ("2016-06-16 07:59", "2016-06-16 08:00"),
        ("2016-06-17 20:00", "2016-06-20 08:00"),  # over a weekend
        ("2016-08-26 18:30", "2016-08-30 08:00"),  # and the summer bank holiday
        ("2016-12-23 18:30", "2016-12-28 08:00"),  # Christmas on a Sunday, with its substitute day
        ("2016-10-28 19:00", "2016-10-31 08:00"),  # the clocks go back on the 30th
        ("2017-03-24 19:00", "2017-03-27 08:00"),  # and forward on the 26th
    ],
)
def test_the_next_working_morning_is_told_by_the_clocks_of_the_notice(now: str, until: str) -> None:
    assert NIGHT.over_at(LONDON, local(now)) == local(until)


def test_quiet_hours_of_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="different times"):
        QuietHours(time(8), time(8))


async def asked_for_more_time(world: World, when: str) -> None:
    await world.go_to(when)
    command = RequestExtension(REPORT, date(2016, 6, 21), "Two partners have not answered.")
    await world.office.handle(command, Actor("person", "anna-reed"))
    await world.dispatcher(holding=Holding(NIGHT)).dispatch_waiting()


async def test_what_others_did_at_night_is_told_in_the_morning(notice_issued: World) -> None:
    world = notice_issued
    await asked_for_more_time(world, "2016-06-03 21:00")
    assert world.catcher.messages() == []
    for when, mails in (("2016-06-06 07:59", 0), ("2016-06-06 08:00", 1)):
        await world.go_to(when)
        await world.dispatcher(holding=Holding(NIGHT)).dispatch_waiting()
        assert len(world.catcher.messages()) == mails


async def test_it_does_not_wait_past_the_instant_at_which_the_report_is_due(notice_issued: World) -> None:
    """Asked for in the last night: in the morning it would be overdue."""
    await asked_for_more_time(notice_issued, "2016-06-14 21:00")
    assert len(notice_issued.catcher.messages()) == 1


async def test_an_acknowledgement_at_night_is_confirmed_at_once(notice_issued: World) -> None:
    from domain.commands import AcknowledgeTask

    world = notice_issued
    await world.go_to("2016-06-03 23:30")
    await world.office.handle(AcknowledgeTask(REPORT), Actor("person", "anna-reed"))
    await world.dispatcher(holding=Holding(NIGHT)).dispatch_waiting()
    assert len(world.catcher.messages()) == 1


async def test_a_wait_is_no_try(notice_issued: World) -> None:
    """However often a waiting message is looked at, it has as many tries left as any other."""
    world = notice_issued
    await asked_for_more_time(world, "2016-06-03 21:00")
    for minute in range(5):
        await world.go_to(f"2016-06-03 21:{minute + 1:02}")
        await world.dispatcher(holding=Holding(NIGHT)).dispatch_waiting()
    [row] = [each for each in world.ledger.queued.rows.values() if each.item.kind == "message"]
    assert row.item.attempts == 0
