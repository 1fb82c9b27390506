"""A task is acknowledged by whoever it belongs to, once; it is not done by that."""

from domain.commands import AcknowledgeTask, SubmitReport
from domain.events.owing import TaskAcknowledged
from domain.occurrence.standing import Standing, standing
from domain.refusals import NotYourTask, OccurrenceNotOpen, TaskAlreadyAcknowledged, TaskNotOpen
from tests.domain.people import (
    CASE_LEAD,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    STRANGER,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london

OWED = AcknowledgeTask(MAY_REPORT)
THE_DIRECTORS = AcknowledgeTask(MAY_REPORT, "director")
THE_REFERRAL = AcknowledgeTask(MAY_REPORT, "refer")


def test_the_assignee_acknowledges_what_is_owed(report_open: World) -> None:
    came = given(report_open).when(OWED, OFFICER, at=london(2016, 6, 2, 10)).then(TaskAcknowledged)
    event = came.the(TaskAcknowledged)
    assert (event.task, event.acknowledged_by, event.acknowledged_as) == (
        "owed",
        OFFICER.id,
        "reporting-officer",
    )
    assert event.acknowledged_at == london(2016, 6, 2, 10)


def test_acknowledging_is_not_doing(report_open: World) -> None:
    world = report_open.after(OWED, OFFICER, london(2016, 6, 2, 10))
    assert standing(world.case(MAY_REPORT).occurrence, london(2016, 6, 15)) is Standing.OVERDUE


def test_a_task_of_somebody_else_is_refused(report_open: World) -> None:
    for by in (DIRECTOR, STRANGER):
        given(report_open).when(OWED, by, at=london(2016, 6, 2)).then_refused(
            NotYourTask, "Improvement reporting officer", report_open.notice.person_name(by.id)
        )


def test_a_task_is_acknowledged_once(report_open: World) -> None:
    world = report_open.after(OWED, OFFICER, london(2016, 6, 2, 10))
    given(world).when(OWED, OFFICER, at=london(2016, 6, 2, 11)).then_refused(
        TaskAlreadyAcknowledged, "Priya Nandra", "2 June 2016 at 10:00"
    )


def test_what_has_not_opened_cannot_be_acknowledged(notice_issued: World) -> None:
    given(notice_issued).when(OWED, OFFICER, at=london(2016, 5, 20)).then_refused(OccurrenceNotOpen)


def test_an_escalation_is_a_task_of_the_one_who_was_told(director_told: World) -> None:
    given(director_told).when(THE_DIRECTORS, DIRECTOR, at=london(2016, 6, 17, 14)).then(TaskAcknowledged)
    given(director_told).when(THE_DIRECTORS, OFFICER, at=london(2016, 6, 17, 14)).then_refused(NotYourTask)


def test_an_escalation_that_was_not_raised_is_no_task(report_overdue: World) -> None:
    given(report_overdue).when(THE_DIRECTORS, DIRECTOR, at=london(2016, 6, 16)).then_refused(
        TaskNotOpen, "director"
    )


def test_a_reminder_and_a_rung_that_nobody_knows_are_no_tasks(report_reminded: World) -> None:
    for task in ("remind-1", "nonsense"):
        given(report_reminded).when(
            AcknowledgeTask(MAY_REPORT, task), OFFICER, at=london(2016, 6, 13, 10)
        ).then_refused(TaskNotOpen, task)


def test_what_was_submitted_is_no_longer_owed(report_submitted: World) -> None:
    given(report_submitted).when(OWED, OFFICER, at=london(2016, 6, 10, 11)).then_refused(TaskNotOpen)


def test_an_escalation_that_was_resolved_is_no_longer_a_task(director_told: World) -> None:
    world = director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20))
    given(world).when(THE_DIRECTORS, DIRECTOR, at=london(2016, 6, 20, 10)).then_refused(TaskNotOpen)


def test_a_referral_stays_a_task_after_the_report_has_come(referred_for_consideration: World) -> None:
    world = referred_for_consideration.after(
        SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 7, 6)
    )
    given(world).when(THE_REFERRAL, CASE_LEAD, at=london(2016, 7, 6, 10)).then_refused(NotYourTask)
    given(world).when(THE_REFERRAL, MINISTERS_OFFICE, at=london(2016, 7, 6, 10)).then(TaskAcknowledged)
