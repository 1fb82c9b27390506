"""Reviews leave at most six months between them; the deadline ends in a judgement, not in a failure."""

from datetime import date

from domain.chasing.outlook import is_closed
from domain.commands import AcknowledgeTask, RecordAssessment, RecordReviewHeld
from domain.events.chasing import AssessmentRequested, EscalationResolved, RungsNotChased
from domain.events.handing import RungWithdrawn
from domain.events.kinds import effective_of
from domain.events.owing import DeliveryAssessed, OccurrenceOpened, ReviewHeld, TaskAcknowledged
from domain.occurrence.standing import Standing, standing, was_late
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotYourTask,
    OccurrenceAlreadyMet,
    OccurrenceNotOpen,
    ReasonMissing,
    TaskNotOpen,
    WrongKindOfObligation,
)
from domain.time.zones import to_local
from tests.domain.people import (
    CASE_LEAD,
    DEADLINE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    OFFICER,
    REVIEW_TEAM,
    SECOND_REVIEW,
    STRANGER,
)
from tests.domain.specification import LONDON, World, given, london


def held_on(year: int, month: int, day: int) -> RecordReviewHeld:
    return RecordReviewHeld(FIRST_REVIEW, date(year, month, day), "Progress is visible; recording is uneven.")


def test_the_next_review_runs_from_the_day_on_which_this_one_was_held(report_open: World) -> None:
    came = given(report_open).when(held_on(2016, 11, 10), REVIEW_TEAM, at=london(2016, 11, 10, 17))
    came.then(ReviewHeld, OccurrenceOpened)
    following = came.the(OccurrenceOpened)
    assert (following.obligation, following.period) == ("department-review", "2")
    assert following.due_on == date(2017, 5, 10)
    assert to_local(following.opens, LONDON).date() == date(2016, 11, 10)


def test_an_early_review_brings_the_next_one_forward(report_open: World) -> None:
    came = given(report_open).when(held_on(2016, 8, 31), REVIEW_TEAM, at=london(2016, 9, 5))
    assert came.the(OccurrenceOpened).due_on == date(2017, 2, 28)


def test_a_review_is_true_of_the_day_on_which_it_was_held_and_recorded_when_it_was_recorded(
    report_open: World,
) -> None:
    came = given(report_open).when(held_on(2016, 8, 31), REVIEW_TEAM, at=london(2016, 9, 5, 10))
    review = came.the(ReviewHeld)
    assert effective_of(review) == london(2016, 8, 31, 0)
    assert review.recorded_at == london(2016, 9, 5, 10)


def test_no_review_is_owed_beyond_the_life_of_the_notice(report_open: World) -> None:
    came = given(report_open).when(held_on(2016, 12, 6), REVIEW_TEAM, at=london(2016, 12, 6, 17))
    came.then(ReviewHeld)
    assert came.world.case(FIRST_REVIEW).occurrence.facts.due_on == date(2016, 11, 19)


def test_the_last_day_of_the_notice_still_counts(report_open: World) -> None:
    came = given(report_open).when(held_on(2016, 11, 30), REVIEW_TEAM, at=london(2016, 12, 1))
    assert came.the(OccurrenceOpened).due_on == date(2017, 5, 30)


def test_a_review_held_in_time_and_recorded_late_was_in_time(report_open: World) -> None:
    world = report_open.after(held_on(2016, 11, 18), REVIEW_TEAM, london(2016, 11, 25))
    assert not was_late(world.case(FIRST_REVIEW).occurrence)
    late = report_open.after(held_on(2016, 11, 20), REVIEW_TEAM, london(2016, 11, 25))
    assert was_late(late.case(FIRST_REVIEW).occurrence)


def test_a_review_held_counts_as_accepted(report_open: World) -> None:
    world = report_open.after(held_on(2016, 11, 10), REVIEW_TEAM, london(2016, 11, 10, 17))
    assert standing(world.case(FIRST_REVIEW).occurrence, london(2016, 11, 11)) is Standing.ACCEPTED
    assert is_closed(world.case(FIRST_REVIEW).occurrence)


def test_a_review_is_recorded_once_it_has_been_held_and_not_before(report_open: World) -> None:
    given(report_open).when(held_on(2016, 11, 11), REVIEW_TEAM, at=london(2016, 11, 10, 23, 59)).then_refused(
        DateInTheFuture
    )


def test_a_review_is_not_held_before_the_notice_it_reviews(report_open: World) -> None:
    given(report_open).when(held_on(2016, 5, 18), REVIEW_TEAM, at=london(2016, 6, 2)).then_refused(
        DateBeforeOpening
    )


def test_a_review_is_held_once(report_open: World) -> None:
    world = report_open.after(held_on(2016, 11, 10), REVIEW_TEAM, london(2016, 11, 10, 17))
    given(world).when(held_on(2016, 11, 10), REVIEW_TEAM, at=london(2016, 11, 11)).then_refused(
        OccurrenceAlreadyMet
    )


def test_only_the_department_records_its_reviews(report_open: World) -> None:
    for by in (OFFICER, DIRECTOR, STRANGER):
        given(report_open).when(held_on(2016, 6, 9), by, at=london(2016, 6, 10)).then_refused(
            NotYourTask, "Department for Education"
        )


def test_the_review_after_the_next_cannot_be_recorded_yet(report_open: World) -> None:
    held = RecordReviewHeld(SECOND_REVIEW, date(2016, 6, 9), "Too soon.")
    given(report_open).when(held, REVIEW_TEAM, at=london(2016, 6, 10)).then_refused(OccurrenceNotOpen)


def test_a_late_review_ends_the_escalations_on_the_departments_own_track(report_open: World) -> None:
    world = report_open.chased(FIRST_REVIEW, london(2016, 6, 1), london(2016, 11, 28))
    came = given(world).when(held_on(2016, 12, 6), REVIEW_TEAM, at=london(2016, 12, 6, 17))
    came.then(ReviewHeld, EscalationResolved, EscalationResolved)
    assert [event.rung for event in came.events[1:]] == ["case-lead", "senior-civil-servant"]


def test_a_review_that_follows_one_recorded_long_after_is_chased_only_from_where_chasing_began(
    report_open: World,
) -> None:
    came = given(report_open).when(held_on(2016, 5, 19), REVIEW_TEAM, at=london(2016, 6, 2))
    came.then(ReviewHeld, OccurrenceOpened)
    assert RungsNotChased not in [type(event) for event in came.events]


def assessment(finding: str) -> RecordAssessment:
    return RecordAssessment(DEADLINE, finding)


def test_on_the_day_of_the_deadline_a_person_is_asked_for_a_judgement(report_open: World) -> None:
    world = report_open.chased(DEADLINE, london(2016, 6, 1), london(2017, 6, 1))
    requested = world.events_of(DEADLINE)[-2]
    assert isinstance(requested, AssessmentRequested)
    assert requested.raised_at == london(2017, 5, 31)
    assert [message.role for message in requested.messages] == ["case-lead"]


def test_the_case_lead_assesses_what_was_delivered(report_open: World) -> None:
    came = given(report_open).when(assessment("  All of it. "), CASE_LEAD, at=london(2017, 5, 31, 16))
    event = came.then(DeliveryAssessed).the(DeliveryAssessed)
    assert (event.finding, event.assessed_by, event.assessed_as) == ("All of it.", CASE_LEAD.id, "case-lead")
    assert standing(came.world.case(DEADLINE).occurrence, london(2017, 6, 1)) is Standing.ACCEPTED


def test_nobody_else_assesses(report_open: World) -> None:
    for by in (DIRECTOR, STRANGER):
        given(report_open).when(assessment("All of it."), by, at=london(2017, 5, 31)).then_refused(
            NotYourTask, "Case lead for the notice"
        )


def test_an_assessment_without_a_finding_is_none(report_open: World) -> None:
    given(report_open).when(assessment(" \n"), CASE_LEAD, at=london(2017, 5, 31)).then_refused(ReasonMissing)


def test_what_was_delivered_is_assessed_once(report_open: World) -> None:
    world = report_open.after(assessment("All of it."), CASE_LEAD, london(2017, 5, 31, 16))
    given(world).when(assessment("On reflection, not."), CASE_LEAD, at=london(2017, 6, 1)).then_refused(
        OccurrenceAlreadyMet
    )


def test_an_assessment_that_was_made_is_no_longer_a_task(report_open: World) -> None:
    asked = report_open.chased(DEADLINE, london(2016, 6, 1), london(2017, 5, 31, 9))
    seeing = AcknowledgeTask(DEADLINE, "final-assessment")
    given(asked).when(seeing, CASE_LEAD, at=london(2017, 5, 31, 10)).then(TaskAcknowledged)
    world = asked.after(assessment("All of it."), CASE_LEAD, london(2017, 5, 31, 16))
    given(world).when(seeing, CASE_LEAD, at=london(2017, 5, 31, 17)).then_refused(TaskNotOpen)


def test_only_a_deadline_is_assessed(report_open: World) -> None:
    finding = RecordAssessment(MAY_REPORT, "Well written.")
    given(report_open).when(finding, CASE_LEAD, at=london(2016, 6, 14)).then_refused(WrongKindOfObligation)


def test_the_deadline_passes_and_the_notice_stays_open(report_open: World) -> None:
    world = report_open.chased(DEADLINE, london(2016, 6, 1), london(2018, 7, 1))
    occurrence = world.case(DEADLINE).occurrence
    assert standing(occurrence, london(2018, 7, 1)) is Standing.OVERDUE
    assert not any(each.rung.do in ("overdue", "escalate", "refer") for each in occurrence.rungs)
    assert not is_closed(occurrence)


def test_a_review_held_in_time_and_recorded_late_withdraws_what_was_raised(report_open: World) -> None:
    world = report_open.chased(FIRST_REVIEW, london(2016, 6, 1), london(2016, 11, 23))
    came = given(world).when(held_on(2016, 11, 18), REVIEW_TEAM, at=london(2016, 11, 23, 10))
    withdrawn = [event for event in came.events if isinstance(event, RungWithdrawn)]
    assert [each.rung for each in withdrawn] == ["overdue", "case-lead"]
    assert not was_late(came.world.case(FIRST_REVIEW).occurrence)
