"""Something is owed no more, by the word of a named person who does not owe it themselves."""

from datetime import date

from domain.actor import ENGINE
from domain.chasing.outlook import look
from domain.commands import (
    AcknowledgeTask,
    GrantExtension,
    RestartClock,
    StopClock,
    TakeDueStep,
    WaiveOccurrence,
)
from domain.events.chasing import EscalationResolved
from domain.events.excusing import OccurrenceWaived
from domain.events.owing import TaskAcknowledged
from domain.occurrence.standing import Standing, standing
from domain.refusals import (
    FourEyesRequired,
    NoLongerOwed,
    NotInYourRole,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.terms.notice_file import NoticeFile
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SECOND_REVIEW,
    occurrence,
)
from tests.domain.specification import World, given, london, raised
from tests.domain.test_extensions import DETERMINATION, appointed, with_a_determination

WAIVE = WaiveOccurrence(MAY_REPORT, "Twelve days of May are covered by the report on June.")


def test_whoever_had_the_work_is_told_and_nothing_more_is_chased(report_open: World) -> None:
    came = given(report_open).when(WAIVE, CASE_LEAD, at=london(2016, 6, 3)).then(OccurrenceWaived)
    (told,) = came.the(OccurrenceWaived).messages
    assert told.person == OFFICER.id
    case = came.world.case(MAY_REPORT)
    assert standing(case.occurrence, london(2016, 7, 1)) is Standing.WAIVED
    assert look(case, london(2016, 6, 3)).closed
    given(came.world).when(TakeDueStep(MAY_REPORT), at=london(2016, 7, 1)).then_nothing_happened()


def test_whoever_had_been_told_that_it_was_late_is_told_once_that_it_is_over(director_told: World) -> None:
    came = given(director_told).when(WAIVE, CASE_LEAD, at=london(2016, 6, 20))
    came.then(OccurrenceWaived, EscalationResolved)
    assert [each.person for each in came.the(OccurrenceWaived).messages] == [OFFICER.id]
    assert [each.person for each in came.the(EscalationResolved).messages] == [DIRECTOR.id]


def test_a_referral_stays_before_those_who_decide_and_they_are_told(
    referred_for_consideration: World,
) -> None:
    came = given(referred_for_consideration).when(WAIVE, CASE_LEAD, at=london(2016, 7, 6))
    came.then(OccurrenceWaived, *[EscalationResolved] * 4)
    told = {each.person for each in came.the(OccurrenceWaived).messages}
    assert told == {OFFICER.id, MINISTERS_OFFICE.id}
    chased = came.world.chased(MAY_REPORT, london(2016, 7, 6), london(2016, 9, 1))
    assert raised(chased, MAY_REPORT)[-1] == ("referral-reminder", london(2016, 7, 8))
    seen = AcknowledgeTask(MAY_REPORT, "refer")
    given(chased).when(seen, MINISTERS_OFFICE, at=london(2016, 7, 11)).then(TaskAcknowledged)


def test_nothing_can_be_done_about_what_is_owed_no_more(report_open: World) -> None:
    world = report_open.after(WAIVE, CASE_LEAD, london(2016, 6, 3))
    for command in (
        WAIVE,
        GrantExtension(MAY_REPORT, date(2016, 7, 1), "More time."),
        StopClock(MAY_REPORT, date(2016, 6, 3), "A stop."),
    ):
        given(world).when(command, CASE_LEAD, at=london(2016, 6, 6)).then_refused(NoLongerOwed)


def test_it_can_be_waived_while_its_clock_stands(report_open: World) -> None:
    world = report_open.after(
        StopClock(MAY_REPORT, date(2016, 6, 3), "A stop."), CASE_LEAD, london(2016, 6, 3)
    )
    world = world.after(WAIVE, CASE_LEAD, london(2016, 6, 6))
    again = RestartClock(MAY_REPORT, date(2016, 6, 6), "It runs on.")
    given(world).when(again, CASE_LEAD, at=london(2016, 6, 6)).then_refused(NoLongerOwed)


def test_it_is_for_whoever_may_give_time(report_open: World) -> None:
    for by in (OFFICER, CHAIR, MINISTERS_OFFICE):
        given(report_open).when(WAIVE, by, at=london(2016, 6, 3)).then_refused(
            NotInYourRole, "Case lead for the notice"
        )
    given(report_open).when(WAIVE, ENGINE, at=london(2016, 6, 3)).then_refused(OnlyPeopleDecide)


def test_nobody_waives_what_their_own_body_owes(notice_issued: World) -> None:
    world = appointed(notice_issued, CHIEF_EXECUTIVE.id, "case-lead").opened(london(2016, 6, 1, 0))
    given(world).when(WAIVE, CHIEF_EXECUTIVE, at=london(2016, 6, 3)).then_refused(
        FourEyesRequired, "Duncan Ashworth", "Chief executive"
    )
    given(world).when(WAIVE, CASE_LEAD, at=london(2016, 6, 3)).then(OccurrenceWaived)


def test_it_wants_a_reason(report_open: World) -> None:
    given(report_open).when(WaiveOccurrence(MAY_REPORT, " "), CASE_LEAD, at=london(2016, 6, 3)).then_refused(
        ReasonMissing
    )


def test_what_has_come_is_not_waived(report_submitted: World) -> None:
    given(report_submitted).when(WAIVE, CASE_LEAD, at=london(2016, 6, 13)).then_refused(OccurrenceAlreadyMet)


def test_the_keeping_of_a_plan_is_not_waived(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 6, 1, 0))
    plan = WaiveOccurrence(occurrence("plan-kept-up-to-date", "plan"), "It is enough.")
    given(world).when(plan, CASE_LEAD, at=london(2016, 6, 3)).then_refused(WrongKindOfObligation)


def test_a_waived_review_opens_no_other(notice_issued: World) -> None:
    """The gap still runs from the last one held."""
    world = notice_issued.opened(london(2016, 6, 1, 0))
    waive = WaiveOccurrence(FIRST_REVIEW, "A full inspection takes its place.")
    given(world).when(waive, DIRECTOR, at=london(2016, 11, 1)).then(OccurrenceWaived)
    world = world.after(waive, DIRECTOR, london(2016, 11, 1)).opened(london(2017, 5, 1))
    assert not world.case(SECOND_REVIEW).occurrence.exists


def test_nothing_is_determined_of_what_was_waived(lancashire: NoticeFile) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 1, 0))
    world = world.after(WAIVE, CASE_LEAD, london(2016, 6, 3)).opened(london(2016, 7, 1))
    assert not world.case(DETERMINATION).occurrence.exists
