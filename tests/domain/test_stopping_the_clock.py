"""While the clock stands nothing is chased, and the working days that pass do not count for anything."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from domain.actor import ENGINE
from domain.chasing.outlook import look
from domain.commands import (
    GrantExtension,
    ProclaimHoliday,
    RestartClock,
    StopClock,
    SubmitReport,
    TakeDueStep,
    WithdrawRung,
)
from domain.events.chasing import RungsCollapsed
from domain.events.excusing import ClockRestarted, ClockStopped, OccurrenceRedated
from domain.events.handing import RungWithdrawn
from domain.occurrence.standing import Standing, standing, was_late
from domain.refusals import (
    ClockAlreadyStopped,
    ClockNotStopped,
    DateBeforeOpening,
    DateInTheFuture,
    DateOutOfOrder,
    NotInYourRole,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.terms.ladders import Ladder
from domain.time.zones import to_local
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    OFFICER,
    WHOLE_REPORT,
    occurrence,
)
from tests.domain.random_ladders import fits_a_notice, ladders, report_open_on
from tests.domain.specification import LONDON, World, given, london, raised
from tests.domain.test_extensions import DETERMINATION, with_a_determination

WHY = "The records are with the police."
ON_AGAIN = "The records are back."
STEP = TakeDueStep(MAY_REPORT)


def stop(day: date) -> StopClock:
    return StopClock(MAY_REPORT, day, WHY)


def restart(day: date) -> RestartClock:
    return RestartClock(MAY_REPORT, day, ON_AGAIN)


@pytest.fixture(scope="module")
def clock_stopped(report_open: World) -> World:
    """Since Wednesday 8 June, when only the first reminder had gone out."""
    world = report_open.chased(MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 8, 8))
    return world.after(stop(date(2016, 6, 8)), CASE_LEAD, london(2016, 6, 8, 8))


def test_whoever_may_give_time_stops_the_clock_and_nothing_is_chased(clock_stopped: World) -> None:
    now = london(2016, 9, 1)
    assert look(clock_stopped.case(MAY_REPORT), now).waiting == "for the clock to be restarted"
    assert look(clock_stopped.case(MAY_REPORT), now).next_at is None
    given(clock_stopped).when(STEP, at=now).then_nothing_happened()
    assert standing(clock_stopped.case(MAY_REPORT).occurrence, now) is Standing.SUSPENDED


def test_the_days_in_between_do_not_count(clock_stopped: World) -> None:
    came = given(clock_stopped).when(restart(date(2016, 6, 22)), CASE_LEAD, at=london(2016, 6, 22, 8))
    came.then(ClockRestarted, OccurrenceRedated)
    assert came.the(ClockRestarted).working_days == 10
    redated = came.the(OccurrenceRedated)
    assert (redated.due_on, redated.cause) == (date(2016, 6, 28), "suspension")
    assert redated.reason == (
        "The clock stood from 8 June 2016 and ran on from 22 June 2016: 10 working days did not count."
    )
    world = came.world.chased(MAY_REPORT, london(2016, 6, 22, 8), london(2016, 8, 1))
    assert raised(world, MAY_REPORT, "remind-1", "remind-2", "overdue", "director", "refer") == [
        ("remind-1", london(2016, 6, 7)),
        ("remind-2", london(2016, 6, 27)),
        ("overdue", london(2016, 6, 29)),
        ("director", london(2016, 7, 1)),
        ("refer", london(2016, 7, 19)),
    ]


def test_a_stop_of_a_weekend_moves_nothing(report_open: World) -> None:
    world = report_open.after(stop(date(2016, 6, 4)), CASE_LEAD, london(2016, 6, 4, 12))
    came = given(world).when(restart(date(2016, 6, 6)), CASE_LEAD, at=london(2016, 6, 6, 8))
    came.then(ClockRestarted)
    assert came.the(ClockRestarted).working_days == 0


def test_a_due_day_that_is_no_working_day_is_not_moved_by_a_stop_without_working_days(
    notice_issued: World,
) -> None:
    """The review is due on Saturday 19 November."""
    world = notice_issued.opened(london(2016, 6, 1, 0))
    world = world.after(StopClock(FIRST_REVIEW, date(2016, 11, 19), WHY), DIRECTOR, london(2016, 11, 19, 10))
    again = RestartClock(FIRST_REVIEW, date(2016, 11, 20), ON_AGAIN)
    given(world).when(again, DIRECTOR, at=london(2016, 11, 20, 10)).then(ClockRestarted)
    monday = RestartClock(FIRST_REVIEW, date(2016, 11, 22), ON_AGAIN)
    moved = given(world).when(monday, DIRECTOR, at=london(2016, 11, 22, 10)).the(OccurrenceRedated)
    assert moved.due_on == date(2016, 11, 21)


def test_bank_holidays_in_between_are_no_working_days(notice_issued: World) -> None:
    report = occurrence("monthly-report", "2016-11")
    world = notice_issued.opened(london(2016, 12, 1))
    world = world.after(StopClock(report, date(2016, 12, 12), WHY), CASE_LEAD, london(2016, 12, 12, 10))
    again = RestartClock(report, date(2017, 1, 4), ON_AGAIN)
    came = given(world).when(again, CASE_LEAD, at=london(2017, 1, 4, 10))
    assert came.the(ClockRestarted).working_days == 14
    assert came.the(OccurrenceRedated).due_on == date(2017, 1, 6)


def test_what_was_overdue_stays_overdue_and_the_steps_still_to_come_keep_their_distance(
    report_overdue: World,
) -> None:
    world = report_overdue.after(stop(date(2016, 6, 16)), CASE_LEAD, london(2016, 6, 16))
    assert standing(world.case(MAY_REPORT).occurrence, london(2016, 6, 20)) is Standing.OVERDUE
    came = given(world).when(restart(date(2016, 6, 30)), CASE_LEAD, at=london(2016, 6, 30, 8))
    came.then(ClockRestarted, OccurrenceRedated)
    assert came.the(OccurrenceRedated).due_on == date(2016, 6, 14)
    chased = came.world.chased(MAY_REPORT, london(2016, 6, 30, 8), london(2016, 9, 1))
    assert raised(chased, MAY_REPORT, "overdue", "director", "chief-executive", "refer") == [
        ("overdue", london(2016, 6, 15)),
        ("director", london(2016, 7, 1)),
        ("chief-executive", london(2016, 7, 5)),
        ("refer", london(2016, 7, 19)),
    ]


def test_a_notice_that_went_out_late_leaves_the_time_to_answer_across_a_stop(report_reminded: World) -> None:
    world = report_reminded.woken(MAY_REPORT, london(2016, 6, 20)).delivered(MAY_REPORT, london(2016, 6, 20))
    world = world.after(stop(date(2016, 6, 21)), CASE_LEAD, london(2016, 6, 21))
    world = world.after(restart(date(2016, 6, 30)), CASE_LEAD, london(2016, 6, 30, 8))
    assert look(world.case(MAY_REPORT), london(2016, 6, 30, 8)).next_at == london(2016, 7, 1)


def test_the_reminder_of_a_task_waits_for_the_clock_too(director_told: World) -> None:
    world = director_told.after(stop(date(2016, 6, 20)), CASE_LEAD, london(2016, 6, 20, 8))
    world = world.after(restart(date(2016, 6, 27)), CASE_LEAD, london(2016, 6, 27, 8))
    chased = world.chased(MAY_REPORT, london(2016, 6, 27, 8), london(2016, 7, 31))
    assert raised(chased, MAY_REPORT, "director-reminder") == [("director-reminder", london(2016, 6, 28))]
    assert raised(chased, MAY_REPORT, "chief-executive") == [("chief-executive", london(2016, 6, 28))]


def test_days_that_did_not_count_still_do_not_when_it_is_dated_anew_for_another_reason(
    report_overdue: World,
) -> None:
    world = report_overdue.after(stop(date(2016, 6, 16)), CASE_LEAD, london(2016, 6, 16))
    world = world.after(restart(date(2016, 6, 30)), CASE_LEAD, london(2016, 6, 30, 8))
    holiday = ProclaimHoliday("lancashire-2016", date(2016, 7, 4), "A day of thanks", "By proclamation.")
    world = world.after(holiday, CASE_LEAD, london(2016, 6, 30, 9))
    chased = world.chased(MAY_REPORT, london(2016, 6, 30, 9), london(2016, 9, 1))
    assert raised(chased, MAY_REPORT, "director", "chief-executive", "chair") == [
        ("director", london(2016, 7, 1)),
        ("chief-executive", london(2016, 7, 6)),
        ("chair", london(2016, 7, 11)),
    ]


def test_an_extension_after_a_stop_counts_from_its_own_day(clock_stopped: World) -> None:
    world = clock_stopped.after(restart(date(2016, 6, 22)), CASE_LEAD, london(2016, 6, 22, 8))
    world = world.after(GrantExtension(MAY_REPORT, date(2016, 7, 12), WHY), CASE_LEAD, london(2016, 6, 23))
    chased = world.chased(MAY_REPORT, london(2016, 6, 23), london(2016, 7, 14))
    assert raised(chased, MAY_REPORT)[-3:] == [
        ("remind-1", london(2016, 7, 5)),
        ("remind-2", london(2016, 7, 11)),
        ("overdue", london(2016, 7, 13)),
    ]


def test_a_clock_may_be_stopped_again(clock_stopped: World) -> None:
    world = clock_stopped.after(restart(date(2016, 6, 22)), CASE_LEAD, london(2016, 6, 22, 8))
    given(world).when(stop(date(2016, 6, 21)), CASE_LEAD, at=london(2016, 6, 23)).then_refused(
        DateOutOfOrder, "22 June 2016"
    )
    world = world.after(stop(date(2016, 6, 23)), CASE_LEAD, london(2016, 6, 23, 8))
    world = world.after(restart(date(2016, 6, 30)), CASE_LEAD, london(2016, 6, 30, 8))
    assert world.case(MAY_REPORT).occurrence.facts.due_on == date(2016, 7, 5)
    assert len(world.case(MAY_REPORT).occurrence.suspensions) == 2


# --- recorded late ----------------------------------------------------------------------------------------------------


def test_steps_taken_on_days_that_do_not_count_are_taken_back_and_those_told_are_told(
    director_told: World,
) -> None:
    """On 20 June it is recorded that the clock has stood since 10 June: it never was overdue."""
    came = given(director_told).when(stop(date(2016, 6, 10)), CASE_LEAD, at=london(2016, 6, 20))
    came.then(ClockStopped, RungWithdrawn, RungWithdrawn)
    taken_back = [each for each in came.events if isinstance(each, RungWithdrawn)]
    assert [each.rung for each in taken_back] == ["overdue", "director"]
    assert {message.person for each in taken_back for message in each.messages} == {OFFICER.id, DIRECTOR.id}
    world = came.world.delivered(MAY_REPORT, london(2016, 6, 20))
    world = world.after(restart(date(2016, 6, 20)), CASE_LEAD, london(2016, 6, 20, 12))
    assert world.case(MAY_REPORT).occurrence.facts.due_on == date(2016, 6, 22)
    chased = world.chased(MAY_REPORT, london(2016, 6, 20, 12), london(2016, 7, 1))
    assert raised(chased, MAY_REPORT, "overdue", "director")[2:] == [
        ("overdue", london(2016, 6, 23)),
        ("director", london(2016, 6, 27)),
    ]
    names = [each.id for each in chased.messages()]
    assert len(names) == len(set(names))


def test_a_restart_recorded_late_chases_what_has_become_overdue_meanwhile(director_told: World) -> None:
    world = director_told.after(stop(date(2016, 6, 10)), CASE_LEAD, london(2016, 6, 20))
    world = world.after(restart(date(2016, 6, 13)), CASE_LEAD, london(2016, 6, 30, 12))
    assert world.case(MAY_REPORT).occurrence.facts.due_on == date(2016, 6, 15)
    chased = world.chased(MAY_REPORT, london(2016, 6, 30, 12), london(2016, 7, 5))
    assert raised(chased, MAY_REPORT, "overdue", "director")[2:] == [
        ("overdue", london(2016, 6, 30, 12)),
        ("director", london(2016, 7, 4)),
    ]


def test_a_stop_that_is_undone_at_once_leaves_everything_as_it_was(director_told: World) -> None:
    world = director_told.after(stop(date(2016, 6, 15)), CASE_LEAD, london(2016, 6, 20))
    came = given(world).when(restart(date(2016, 6, 15)), CASE_LEAD, at=london(2016, 6, 20, 12))
    came.then(ClockRestarted, OccurrenceRedated)
    chased = came.world.chased(MAY_REPORT, london(2016, 6, 20, 12), london(2016, 6, 24))
    assert raised(chased, MAY_REPORT, "overdue", "director")[2:] == [
        ("overdue", london(2016, 6, 20, 12)),
        ("director", london(2016, 6, 22)),
    ]


def test_a_step_that_a_person_had_taken_back_does_not_come_again_with_the_clock(director_told: World) -> None:
    error = WithdrawRung(MAY_REPORT, "director", "The director had been told by telephone.")
    world = director_told.after(error, CASE_LEAD, london(2016, 6, 17, 12))
    world = world.after(stop(date(2016, 6, 20)), CASE_LEAD, london(2016, 6, 20, 8))
    world = world.after(restart(date(2016, 6, 27)), CASE_LEAD, london(2016, 6, 27, 8))
    chased = world.chased(MAY_REPORT, london(2016, 6, 27, 8), london(2016, 7, 31))
    assert raised(chased, MAY_REPORT, "director") == [("director", london(2016, 6, 17))]


def test_what_comes_while_the_clock_stands_is_not_late(clock_stopped: World) -> None:
    world = clock_stopped.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20))
    assert not was_late(world.case(MAY_REPORT).occurrence)
    for command in (stop(date(2016, 6, 20)), restart(date(2016, 6, 20))):
        given(world).when(command, CASE_LEAD, at=london(2016, 6, 20)).then_refused(OccurrenceAlreadyMet)


def test_what_is_owed_after_its_day_waits_for_the_clock(lancashire) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 1, 0))
    world = world.after(stop(date(2016, 6, 13)), CASE_LEAD, london(2016, 6, 13)).opened(london(2016, 6, 20))
    assert not world.case(DETERMINATION).occurrence.exists
    world = world.after(restart(date(2016, 6, 20)), CASE_LEAD, london(2016, 6, 20, 10))
    assert not world.opened(london(2016, 6, 21, 12)).case(DETERMINATION).occurrence.exists
    opened = world.opened(london(2016, 6, 22, 0)).case(DETERMINATION).occurrence
    assert opened.facts.due_on == date(2016, 7, 5)


def test_what_is_owed_after_its_day_moves_with_it(lancashire) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 15, 0))
    world = world.after(stop(date(2016, 6, 13)), CASE_LEAD, london(2016, 6, 15, 12))
    world = world.after(restart(date(2016, 6, 20)), CASE_LEAD, london(2016, 6, 20, 12))
    assert world.case(DETERMINATION).occurrence.facts.due_on == date(2016, 7, 5)


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_who_may_and_who_may_not(report_open: World, clock_stopped: World) -> None:
    for by in (OFFICER, DIRECTOR, CHAIR):
        given(report_open).when(stop(date(2016, 6, 8)), by, at=london(2016, 6, 8)).then_refused(
            NotInYourRole, "Case lead for the notice"
        )
        given(clock_stopped).when(restart(date(2016, 6, 9)), by, at=london(2016, 6, 9)).then_refused(
            NotInYourRole
        )
    given(report_open).when(stop(date(2016, 6, 8)), ENGINE, at=london(2016, 6, 8)).then_refused(
        OnlyPeopleDecide
    )
    given(clock_stopped).when(restart(date(2016, 6, 9)), ENGINE, at=london(2016, 6, 9)).then_refused(
        OnlyPeopleDecide
    )


def test_a_clock_stands_or_runs(report_open: World, clock_stopped: World) -> None:
    given(clock_stopped).when(stop(date(2016, 6, 9)), CASE_LEAD, at=london(2016, 6, 9)).then_refused(
        ClockAlreadyStopped, "8 June 2016"
    )
    given(report_open).when(restart(date(2016, 6, 9)), CASE_LEAD, at=london(2016, 6, 9)).then_refused(
        ClockNotStopped
    )


def test_the_days_of_a_stop_are_in_order(report_open: World, clock_stopped: World) -> None:
    now = london(2016, 6, 9)
    given(report_open).when(stop(date(2016, 5, 31)), CASE_LEAD, at=now).then_refused(
        DateBeforeOpening, "1 June 2016"
    )
    given(report_open).when(stop(date(2016, 6, 10)), CASE_LEAD, at=now).then_refused(DateInTheFuture)
    given(clock_stopped).when(restart(date(2016, 6, 7)), CASE_LEAD, at=now).then_refused(
        DateOutOfOrder, "8 June 2016"
    )
    given(clock_stopped).when(restart(date(2016, 6, 10)), CASE_LEAD, at=now).then_refused(DateInTheFuture)
    given(clock_stopped).when(restart(date(2099, 6, 10)), CASE_LEAD, at=now).then_refused(DateInTheFuture)


def test_both_want_a_reason(report_open: World, clock_stopped: World) -> None:
    now = london(2016, 6, 9)
    given(report_open).when(replace(stop(date(2016, 6, 8)), reason=" "), CASE_LEAD, at=now).then_refused(
        ReasonMissing
    )
    given(clock_stopped).when(replace(restart(date(2016, 6, 9)), reason=""), CASE_LEAD, at=now).then_refused(
        ReasonMissing
    )


def test_a_plan_has_no_clock_to_stop(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 6, 1, 0))
    plan = StopClock(occurrence("plan-kept-up-to-date", "plan"), date(2016, 6, 8), WHY)
    given(world).when(plan, CASE_LEAD, at=london(2016, 6, 8)).then_refused(WrongKindOfObligation)


# --- whatever the ladder ----------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@for_any(
    ladder=ladders().filter(fits_a_notice),
    starts=st.integers(0, 60),
    lasts=st.integers(0, 40),
)
def test_every_step_falls_as_many_working_days_later_as_did_not_count(
    ladder: Ladder, starts: int, lasts: int
) -> None:
    """Stopped at midnight and restarted at midnight, the chase is the same but for the days in between."""
    opens = london(2016, 6, 1, 0)
    first = date(2016, 6, 1) + timedelta(days=starts)
    until = first + timedelta(days=lasts)
    stops_at = london(first.year, first.month, first.day, 0)
    on_at = london(until.year, until.month, until.day, 0)
    calm = report_open_on(ladder).chased(MAY_REPORT, opens, london(2017, 3, 1))
    world = report_open_on(ladder).chased(MAY_REPORT, opens, stops_at - timedelta(seconds=1))
    world = world.after(stop(first), CASE_LEAD, stops_at)
    world = world.chased(MAY_REPORT, stops_at, on_at - timedelta(seconds=1))
    world = world.after(restart(until), CASE_LEAD, on_at).chased(MAY_REPORT, on_at, london(2017, 3, 1))
    calendar = world.notice.working_days
    day_before = timedelta(days=1)
    uncounted = calendar.working_days_between(first - day_before, until - day_before)
    # Reminders counted in calendar days can come to fall on the same morning as others, and are then one with them.
    calendar_days = {rung.id for rung in ladder.rungs if rung.days is not None}
    made_one = {
        rung
        for event in world.events_of(MAY_REPORT)
        if isinstance(event, RungsCollapsed)
        for rung in event.rungs
        if ladder.rung(rung).do == "remind"
    }
    expected = {
        rung: (day if day < first or not uncounted else calendar.add_working_days(day, uncounted))
        for rung, at in raised(calm, MAY_REPORT)
        if (day := to_local(at, LONDON).date()) and rung not in calendar_days | made_one
    }
    found = {
        rung: to_local(at, LONDON).date()
        for rung, at in raised(world, MAY_REPORT)
        if rung not in calendar_days
    }
    assert found == expected
    assert all(earlier <= later for (_, earlier), (_, later) in pairwise(raised(world, MAY_REPORT)))
