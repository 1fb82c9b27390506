"""A review is planned, those who are reviewed are told, it moves with its pack, and it is held (7, 8)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import ENGINE
from domain.case import Draft
from domain.commands import MoveReview, NotifyReview, PlanReview, RecordReviewHeld
from domain.events.owing import OccurrenceOpened
from domain.events.reviewing import ReviewMoved, ReviewNotified, ReviewPlanned
from domain.events.tending import ObligationEnded
from domain.identity import notice_stream
from domain.refusals import (
    DateBeyondCalendar,
    DateInThePast,
    DateOutOfOrder,
    NothingChanges,
    NotYourTask,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    ReviewAlreadyNotified,
    ReviewAlreadyPlanned,
    ReviewNotPlanned,
    WrongKindOfObligation,
)
from domain.reviewing.themes import themes_covered, themes_of
from tests.domain.people import (
    CASE_LEAD,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    OFFICER,
    REVIEW_TEAM,
    SECOND_REVIEW,
    STRANGER,
    THE_COUNCIL,
)
from tests.domain.specification import World, given, london

IN_NOVEMBER = PlanReview(
    FIRST_REVIEW,
    date(2016, 11, 10),
    date(2016, 11, 11),
    ("Callum Reyes", " ", "An adviser", "Callum Reyes"),
    "  Progress against the plan. ",
    ("early help", "culture"),
)
TELL = NotifyReview(FIRST_REVIEW)


def moved_to(
    starts_on: date, ends_on: date | None = None, reason: str = "The team is needed elsewhere."
) -> MoveReview:
    return MoveReview(FIRST_REVIEW, starts_on, ends_on or starts_on, reason)


@pytest.fixture(scope="module")
def review_planned(report_open: World) -> World:
    return report_open.after(IN_NOVEMBER, REVIEW_TEAM, london(2016, 9, 1))


@pytest.fixture(scope="module")
def review_notified(review_planned: World) -> World:
    return review_planned.after(TELL, REVIEW_TEAM, london(2016, 9, 2))


def test_the_department_plans_its_review(report_open: World) -> None:
    came = given(report_open).when(IN_NOVEMBER, REVIEW_TEAM, at=london(2016, 9, 1))
    planned = came.then(ReviewPlanned).the(ReviewPlanned)
    assert planned.reviewers == ("Callum Reyes", "An adviser")
    assert planned.scope == "Progress against the plan."
    assert (planned.planned_by, planned.planned_as) == (REVIEW_TEAM.id, "review-team")
    review = came.world.case(FIRST_REVIEW).occurrence.review
    assert (review.starts_on, review.ends_on) == (date(2016, 11, 10), date(2016, 11, 11))


def test_anybody_of_the_department_may_plan_it_and_nobody_else(report_open: World) -> None:
    given(report_open).when(IN_NOVEMBER, CASE_LEAD, at=london(2016, 9, 1)).then(ReviewPlanned)
    for by in (DIRECTOR, STRANGER):
        given(report_open).when(IN_NOVEMBER, by, at=london(2016, 9, 1)).then_refused(
            NotYourTask, "Department for Education"
        )


def test_the_engine_plans_no_review(report_open: World) -> None:
    given(report_open).when(IN_NOVEMBER, ENGINE, at=london(2016, 9, 1)).then_refused(OnlyPeopleDecide)


def test_a_review_may_cover_what_the_notice_does_not_list(report_open: World) -> None:
    other = replace(IN_NOVEMBER, themes=("fostering", "culture"))
    came = given(report_open).when(other, REVIEW_TEAM, at=london(2016, 9, 1))
    assert came.the(ReviewPlanned).themes == ("fostering", "culture")


def test_a_review_begins_today_at_the_earliest(report_open: World) -> None:
    today = replace(IN_NOVEMBER, starts_on=date(2016, 9, 1), ends_on=date(2016, 9, 1))
    given(report_open).when(today, REVIEW_TEAM, at=london(2016, 9, 1, 23, 59)).then(ReviewPlanned)
    given(report_open).when(today, REVIEW_TEAM, at=london(2016, 9, 2, 0)).then_refused(
        DateInThePast, "1 September 2016"
    )


def test_a_review_does_not_end_before_it_begins(report_open: World) -> None:
    backwards = replace(IN_NOVEMBER, ends_on=date(2016, 11, 9))
    given(report_open).when(backwards, REVIEW_TEAM, at=london(2016, 9, 1)).then_refused(DateOutOfOrder)


def test_a_review_is_planned_only_where_the_calendar_reaches(report_open: World) -> None:
    last = date(2028, 1, 1)
    at_the_edge = replace(IN_NOVEMBER, starts_on=last, ends_on=last)
    world = report_open.after(at_the_edge, REVIEW_TEAM, london(2016, 9, 1))
    given(world).when(TELL, REVIEW_TEAM, at=london(2016, 9, 1)).then(
        ReviewNotified, OccurrenceOpened, OccurrenceOpened
    )
    beyond = replace(IN_NOVEMBER, starts_on=last, ends_on=date(2028, 1, 2))
    given(report_open).when(beyond, REVIEW_TEAM, at=london(2016, 9, 1)).then_refused(
        DateBeyondCalendar, "1 January 2028"
    )


def test_somebody_has_to_conduct_it(report_open: World) -> None:
    nobody = replace(IN_NOVEMBER, reviewers=(" ",))
    given(report_open).when(nobody, REVIEW_TEAM, at=london(2016, 9, 1)).then_refused(ReasonMissing)


def test_a_planned_review_is_moved_and_not_planned_again(review_planned: World) -> None:
    given(review_planned).when(IN_NOVEMBER, REVIEW_TEAM, at=london(2016, 9, 2)).then_refused(
        ReviewAlreadyPlanned, "10 to 11 November 2016", "Move it"
    )


def test_a_report_is_no_review(report_open: World) -> None:
    for command in (
        replace(IN_NOVEMBER, occurrence=MAY_REPORT),
        NotifyReview(MAY_REPORT),
        replace(moved_to(date(2016, 11, 3)), occurrence=MAY_REPORT),
        RecordReviewHeld(MAY_REPORT, date(2016, 6, 9), "Held."),
    ):
        given(report_open).when(command, REVIEW_TEAM, at=london(2016, 6, 10)).then_refused(
            WrongKindOfObligation
        )


def test_a_review_that_was_held_is_neither_planned_nor_told_nor_moved(review_planned: World) -> None:
    held = RecordReviewHeld(FIRST_REVIEW, date(2016, 9, 5), "It came early.")
    world = review_planned.after(held, REVIEW_TEAM, london(2016, 9, 5, 17))
    for command in (IN_NOVEMBER, TELL, moved_to(date(2016, 12, 1)), held):
        given(world).when(command, REVIEW_TEAM, at=london(2016, 9, 6)).then_refused(OccurrenceAlreadyMet)


def test_those_who_see_to_the_pack_are_told_of_the_review(review_planned: World) -> None:
    came = given(review_planned).when(TELL, REVIEW_TEAM, at=london(2016, 9, 2))
    came.then(ReviewNotified, OccurrenceOpened, OccurrenceOpened)
    told = came.the(ReviewNotified).messages
    assert {(each.person, each.role) for each in told} == {
        (OFFICER.id, "reporting-officer"),
        (DIRECTOR.id, "director"),
    }


def test_where_nothing_hangs_on_a_review_everybody_of_the_reviewed_party_is_told(
    review_planned: World,
) -> None:
    ended = [
        Draft(notice_stream("lancashire-2016"), ObligationEnded(each, "Varied.", london(2016, 9, 1)))
        for each in ("review-access", "self-assessment")
    ]
    came = given(review_planned.told(ended)).when(TELL, REVIEW_TEAM, at=london(2016, 9, 2))
    told = came.then(ReviewNotified).the(ReviewNotified).messages
    assert {each.person for each in told} == THE_COUNCIL


def test_a_review_is_told_once_it_has_been_planned(report_open: World) -> None:
    given(report_open).when(TELL, REVIEW_TEAM, at=london(2016, 9, 2)).then_refused(
        ReviewNotPlanned, "Plan it"
    )


def test_a_review_is_told_once(review_notified: World) -> None:
    given(review_notified).when(TELL, REVIEW_TEAM, at=london(2016, 9, 3)).then_refused(
        ReviewAlreadyNotified, "2 September 2016"
    )


def test_the_reviewed_do_not_tell_of_the_review_nor_move_it(review_planned: World) -> None:
    for command in (TELL, moved_to(date(2016, 12, 1))):
        given(review_planned).when(command, DIRECTOR, at=london(2016, 9, 2)).then_refused(NotYourTask)


def test_a_review_that_nobody_was_told_of_moves_in_silence(review_planned: World) -> None:
    came = given(review_planned).when(moved_to(date(2016, 11, 3)), CASE_LEAD, at=london(2016, 9, 5))
    moved = came.then(ReviewMoved).the(ReviewMoved)
    assert (moved.starts_on, moved.was) == (date(2016, 11, 3), date(2016, 11, 10))
    assert moved.messages == ()


def test_whoever_was_told_of_a_review_is_told_each_time_it_moves(review_notified: World) -> None:
    first = given(review_notified).when(moved_to(date(2016, 11, 3)), REVIEW_TEAM, at=london(2016, 9, 5))
    second = given(first.world).when(moved_to(date(2016, 11, 4)), REVIEW_TEAM, at=london(2016, 9, 6))
    messages = [*first.the(ReviewMoved).messages, *second.the(ReviewMoved).messages]
    assert [each.person for each in messages] == [DIRECTOR.id, OFFICER.id] * 2
    assert len({each.id for each in messages}) == 4


def test_a_move_says_why(review_notified: World) -> None:
    given(review_notified).when(
        moved_to(date(2016, 11, 3), reason=" "), REVIEW_TEAM, at=london(2016, 9, 5)
    ).then_refused(ReasonMissing)


def test_a_review_does_not_move_into_the_past_or_backwards_or_nowhere(review_notified: World) -> None:
    for days, refusal in (
        ((date(2016, 9, 4), date(2016, 9, 5)), DateInThePast),
        ((date(2016, 9, 6), date(2016, 9, 5)), DateOutOfOrder),
        ((date(2016, 11, 10), date(2016, 11, 11)), NothingChanges),
    ):
        given(review_notified).when(moved_to(*days), REVIEW_TEAM, at=london(2016, 9, 5)).then_refused(refusal)


def test_only_a_planned_review_moves(report_open: World) -> None:
    given(report_open).when(moved_to(date(2016, 11, 3)), REVIEW_TEAM, at=london(2016, 9, 5)).then_refused(
        ReviewNotPlanned
    )


def test_a_review_that_lasts_longer_changes_nothing_in_its_pack(review_notified: World) -> None:
    longer = moved_to(date(2016, 11, 10), date(2016, 11, 17))
    given(review_notified).when(longer, REVIEW_TEAM, at=london(2016, 9, 5)).then(ReviewMoved)


def test_the_themes_that_the_notice_lists_are_known(report_open: World) -> None:
    assert themes_of(report_open.notice, "department-review") == (
        "culture",
        "performance",
        "leadership, management, and governance",
        "workforce and management oversight",
        "early help",
        "the LSCB",
    )
    assert themes_of(report_open.notice, "monthly-report") == ()


def test_what_reviews_covered_is_told_from_what_they_have_not_covered_yet(review_planned: World) -> None:
    first = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 10), "Held.", (" Culture ", "fostering", ""))
    second = RecordReviewHeld(SECOND_REVIEW, date(2017, 5, 9), "Held.", ("culture", "early help"))
    world = review_planned.after(first, REVIEW_TEAM, london(2016, 11, 10, 17))
    world = world.after(second, REVIEW_TEAM, london(2017, 5, 9, 17))
    found = themes_covered(world.notice, "department-review", world.occurrences.values())
    assert found.covered == {"culture": (FIRST_REVIEW, SECOND_REVIEW), "early help": (SECOND_REVIEW,)}
    assert "the LSCB" in found.not_yet
    assert len(found.not_yet) == 4
    assert found.others == ("fostering",)
