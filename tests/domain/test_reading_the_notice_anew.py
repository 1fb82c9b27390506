"""Interpretations revised, a new bank holiday, and what each would do, told before it is taken."""

from dataclasses import replace
from datetime import date

import pytest

from domain.commands import ProclaimHoliday, ReviseInterpretation, SubmitReport
from domain.effect import effect_of
from domain.events import instrument, tending
from domain.events.excusing import OccurrenceRedated
from domain.events.handing import RungWithdrawn
from domain.notice.schedule import expected
from domain.refusals import (
    InterpretationNotKnown,
    NothingChanges,
    NotInYourRole,
    ObligationNotKnown,
    ReasonMissing,
    ValueNotFitting,
    VariationUnsound,
)
from domain.time.due import NthWorkingDayAfterPeriod
from tests.domain.people import CASE_LEAD, DIRECTOR, MAY_REPORT, OFFICER, WHOLE_REPORT
from tests.domain.specification import World, given, london, raised

NOTICE = "lancashire-2016"


def read_as(world: World, n: int, **changes: object) -> ReviseInterpretation:
    """The monthly report is due on the n-th working day of the month after."""
    before = next(each for each in world.notice.interpretations if each.id == "monthly-report-day")
    reading = before.model_copy(update={"ruling": f"By working day number {n} of the month after."})
    obligation = world.notice.obligation("monthly-report").model_copy(
        update={"due": NthWorkingDayAfterPeriod(n=n)}
    )
    command = ReviseInterpretation(NOTICE, reading, "The board asked for it.", obligations=(obligation,))
    return replace(command, **changes)  # type: ignore[arg-type]


def test_another_reading_redates_what_is_open(report_reminded: World) -> None:
    came = given(report_reminded).when(read_as(report_reminded, 12), CASE_LEAD, at=london(2016, 6, 13, 10))
    came.then(tending.InterpretationRevised, instrument.ObligationImposed, OccurrenceRedated)
    revised = came.the(tending.InterpretationRevised)
    assert revised.was == "By the tenth working day of the month after the month reported on."
    moved = came.the(OccurrenceRedated)
    assert (moved.due_on, moved.cause) == (date(2016, 6, 16), "interpretation")
    assert moved.reason.startswith("Clause 6b is read otherwise")
    assert came.world.notice.clause("6b") == report_reminded.notice.clause("6b")


def test_what_was_overdue_and_never_should_have_been_is_withdrawn(director_told: World) -> None:
    came = given(director_told).when(read_as(director_told, 15), CASE_LEAD, at=london(2016, 6, 17, 12))
    withdrawn = [event for event in came.events if isinstance(event, RungWithdrawn)]
    assert [each.rung for each in withdrawn] == ["overdue", "director"]
    told = [message.person for each in withdrawn for message in each.messages]
    assert sorted(told) == ["helen-marsh", "priya-nandra"]
    later = came.world.chased(MAY_REPORT, london(2016, 6, 17, 12), london(2016, 6, 23))
    assert raised(later, MAY_REPORT, "overdue")[-1] == ("overdue", london(2016, 6, 22))


def test_the_effect_is_told_before_it_is_taken(director_told: World) -> None:
    world = director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 17, 11))
    command, now = read_as(world, 15), london(2016, 6, 20, 12)
    decision = given(world).when(command, CASE_LEAD, at=now)
    effect = effect_of(world.case_for(command), decision.decision, now)
    assert effect.timely == (MAY_REPORT,)
    assert effect.sentence == "It moves 12 due dates, makes 1 overdue report timely."
    assert {each.occurrence.obligation for each in effect.moved} == {"monthly-report"}


def test_an_effect_on_nothing_says_so(report_open: World) -> None:
    command, now = read_as(report_open, 10, obligations=()), london(2016, 6, 2)
    decision = given(report_open).when(command, CASE_LEAD, at=now).decision
    assert effect_of(report_open.case_for(command), decision, now).sentence == "It moves no due date."


def test_an_earlier_day_can_make_a_report_overdue(report_open: World) -> None:
    command, now = read_as(report_open, 5), london(2016, 6, 9, 12)
    came = given(report_open).when(command, CASE_LEAD, at=now)
    effect = effect_of(report_open.case_for(command), came.decision, now)
    assert effect.late == (MAY_REPORT,)
    later = came.world.chased(MAY_REPORT, now, london(2016, 6, 10))
    assert [rung for rung, _ in raised(later, MAY_REPORT)][-1] == "overdue"


def test_a_reading_is_refused_with_a_sentence(report_open: World) -> None:
    now, good = london(2016, 6, 2), read_as(report_open, 12)
    when = given(report_open).when
    unknown = good.interpretation.model_copy(update={"id": "no-such-reading"})
    elsewhere = good.interpretation.model_copy(update={"clause": "3b"})
    when(replace(good, interpretation=unknown), CASE_LEAD, at=now).then_refused(InterpretationNotKnown)
    when(replace(good, interpretation=elsewhere), CASE_LEAD, at=now).then_refused(VariationUnsound, "6b")
    when(replace(good, reason=" "), CASE_LEAD, at=now).then_refused(ReasonMissing)
    when(good, DIRECTOR, at=now).then_refused(NotInYourRole)
    stranger = good.obligations[0].model_copy(update={"id": "another"})
    when(replace(good, obligations=(stranger,)), CASE_LEAD, at=now).then_refused(ObligationNotKnown)
    moved = good.obligations[0].model_copy(update={"clause": "3b"})
    when(replace(good, obligations=(moved,)), CASE_LEAD, at=now).then_refused(VariationUnsound)
    before = next(each for each in report_open.notice.interpretations if each.id == good.interpretation.id)
    same = ReviseInterpretation(NOTICE, before, "No reason.")
    when(same, CASE_LEAD, at=now).then_refused(NothingChanges)


def holiday(day: date, title: str = "The wedding of a prince") -> ProclaimHoliday:
    return ProclaimHoliday(NOTICE, day, title, "By proclamation of 1 June 2016")


def test_a_new_bank_holiday_redates_what_it_touches(report_open: World) -> None:
    came = given(report_open).when(holiday(date(2016, 6, 10)), CASE_LEAD, at=london(2016, 6, 2))
    assert (
        came.the(tending.HolidayProclaimed).calendar.holiday_name(date(2016, 6, 10))
        == "The wedding of a prince"
    )
    moved = came.the(OccurrenceRedated)
    assert (moved.due_on, moved.cause) == (date(2016, 6, 15), "holiday")
    assert moved.reason == "10 June 2016 is a holiday: The wedding of a prince."
    june = next(each for each in expected(came.world.notice) if each.id.period == "2016-06")
    assert june.due_on == date(2016, 7, 14)


def test_a_holiday_that_only_moves_a_step_moves_only_that(report_open: World) -> None:
    came = given(report_open).when(holiday(date(2016, 6, 15)), CASE_LEAD, at=london(2016, 6, 2))
    moved = came.the(OccurrenceRedated)
    assert moved.due_on == date(2016, 6, 14)
    world = came.world.chased(MAY_REPORT, london(2016, 6, 2), london(2016, 6, 17))
    assert raised(world, MAY_REPORT, "overdue") == [("overdue", london(2016, 6, 16))]


def test_a_holiday_proclaimed_after_the_day_withdraws_what_it_had_caused(report_overdue: World) -> None:
    came = given(report_overdue).when(holiday(date(2016, 6, 10)), CASE_LEAD, at=london(2016, 6, 15, 12))
    assert came.the(RungWithdrawn).rung == "overdue"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (holiday(date(2016, 6, 11)), NothingChanges),
        (holiday(date(2016, 8, 29)), NothingChanges),
        (holiday(date(1970, 1, 1)), ValueNotFitting),
        (holiday(date(2016, 6, 10), " "), ReasonMissing),
    ],
)
def test_a_holiday_is_refused_with_a_sentence(
    report_open: World, command: ProclaimHoliday, refusal: type
) -> None:
    given(report_open).when(command, CASE_LEAD, at=london(2016, 6, 2)).then_refused(refusal)


def test_the_calendar_is_kept_by_those_who_keep_the_notice(report_open: World) -> None:
    given(report_open).when(holiday(date(2016, 6, 10)), DIRECTOR, at=london(2016, 6, 2)).then_refused(
        NotInYourRole
    )


def test_a_holiday_that_leaves_a_month_too_few_working_days_is_refused(report_open: World) -> None:
    """The adviser reports by the fifteenth working day of October 2016, which has twenty-one."""
    world, days = report_open, [date(2016, 10, day) for day in (3, 4, 5, 6, 7, 10)]
    for day in days:
        world = world.after(holiday(day), CASE_LEAD, london(2016, 6, 2))
    given(world).when(holiday(date(2016, 10, 11)), CASE_LEAD, at=london(2016, 6, 2)).then_refused(
        ValueNotFitting, "October 2016 has no working day number 15"
    )


def test_a_reading_that_gives_no_day_is_refused(report_open: World) -> None:
    command = read_as(report_open, 23)
    given(report_open).when(command, CASE_LEAD, at=london(2016, 6, 2)).then_refused(
        VariationUnsound, "reckoned"
    )
