"""What goes with a review: the assessment before it (11), and the bundle during it (10a to 10d)."""

from datetime import date
from typing import Any

import pytest

from domain.chasing.outlook import is_closed, look
from domain.commands import (
    ConfirmItem,
    MoveReview,
    NotifyReview,
    PlanReview,
    RecordItemRefused,
    RecordReviewHeld,
    SubmitReport,
)
from domain.events.chasing import (
    EscalationRaised,
    EscalationResolved,
    Message,
    OverdueNoticeIssued,
    RungsNotChased,
)
from domain.events.excusing import OccurrenceRedated
from domain.events.owing import OccurrenceOpened, ReviewHeld
from domain.events.reviewing import ItemConfirmed, ItemRefused, ReviewMoved, ReviewNotified, WentAheadWithout
from domain.refusals import (
    ItemAlreadyConfirmed,
    NotAnItem,
    NotForYouToAccept,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.time.zones import day_end
from tests.domain.people import (
    CASE_LEAD,
    DIRECTOR,
    FIRST_REVIEW,
    OFFICER,
    REVIEW_TEAM,
    STRANGER,
    answers,
    occurrence,
)
from tests.domain.specification import LONDON, World, given, london, raised

SELF_ASSESSMENT = occurrence("self-assessment", "1")
BUNDLE = occurrence("review-access", "1")
ITEMS = ("staff-access", "data", "facilities", "records")
THEIR_OWN_VIEW = SubmitReport(SELF_ASSESSMENT, answers("objectives"))
HELD = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 10), "Progress is visible.")


def planned(starts_on: date) -> PlanReview:
    return PlanReview(FIRST_REVIEW, starts_on, starts_on, ("Callum Reyes",), "Progress.")


def moved_to(starts_on: date) -> MoveReview:
    return MoveReview(FIRST_REVIEW, starts_on, starts_on, "An inspection comes first.")


@pytest.fixture(scope="module")
def review_planned(report_open: World) -> World:
    return report_open.after(planned(date(2016, 11, 10)), REVIEW_TEAM, london(2016, 9, 1))


@pytest.fixture(scope="module")
def review_notified(review_planned: World) -> World:
    return review_planned.after(NotifyReview(FIRST_REVIEW), REVIEW_TEAM, london(2016, 9, 2))


@pytest.fixture(scope="module")
def assessment_overdue(review_notified: World) -> World:
    """The council's own assessment was due on 27 October, and the director has been told on 1 November."""
    return review_notified.chased(SELF_ASSESSMENT, london(2016, 9, 2), london(2016, 11, 1, 10))


def messages_of(event: Any) -> tuple[Message, ...]:
    found: tuple[Message, ...] = getattr(event, "messages", ())
    return found


def due_on(world: World) -> date:
    return world.case(SELF_ASSESSMENT).occurrence.facts.due_on


def test_the_pack_is_dated_from_the_review(review_notified: World) -> None:
    assessment = review_notified.case(SELF_ASSESSMENT).occurrence.facts
    bundle = review_notified.case(BUNDLE).occurrence.facts
    assert (assessment.due_on, bundle.due_on) == (date(2016, 10, 27), date(2016, 11, 10))
    assert assessment.due == day_end(date(2016, 10, 27), LONDON)
    assert {each.event for each in (assessment, bundle)} == {str(FIRST_REVIEW)}
    assert {each.event_on for each in (assessment, bundle)} == {date(2016, 11, 10)}
    assert tuple(each.id for each in bundle.sections) == ITEMS
    assert assessment.title == "The council’s own assessment of improvement, before a review"


def test_the_lead_time_counts_working_days_over_christmas(report_open: World) -> None:
    world = report_open.after(planned(date(2017, 1, 5)), REVIEW_TEAM, london(2016, 11, 1))
    world = world.after(NotifyReview(FIRST_REVIEW), REVIEW_TEAM, london(2016, 11, 1))
    assert due_on(world) == date(2016, 12, 19)


@pytest.mark.parametrize(
    ("told_on", "due"),
    [
        (date(2016, 11, 5), date(2016, 11, 9)),  # a Saturday; the review begins on Thursday 10 November
        (date(2016, 11, 8), date(2016, 11, 9)),
        (date(2016, 11, 9), date(2016, 11, 9)),
        (date(2016, 11, 10), date(2016, 11, 10)),
    ],
)
def test_at_short_notice_the_assessment_is_due_on_the_last_working_day_before(
    review_planned: World, told_on: date, due: date
) -> None:
    at = london(told_on.year, told_on.month, told_on.day)
    came = given(review_planned).when(NotifyReview(FIRST_REVIEW), REVIEW_TEAM, at=at)
    came.then(ReviewNotified, OccurrenceOpened, RungsNotChased, OccurrenceOpened, RungsNotChased)
    assert due_on(came.world) == due


def test_nobody_is_reminded_of_five_working_days_that_have_passed(review_planned: World) -> None:
    world = review_planned.after(NotifyReview(FIRST_REVIEW), REVIEW_TEAM, london(2016, 11, 8))
    case = world.case(SELF_ASSESSMENT)
    assert look(case, london(2016, 11, 8)).next_at == london(2016, 11, 10)
    world = world.chased(SELF_ASSESSMENT, london(2016, 11, 8), london(2016, 11, 10, 10))
    assert raised(world, SELF_ASSESSMENT) == [("overdue", london(2016, 11, 10))]


def test_a_review_told_of_while_it_takes_place_has_its_bundle_due_that_day(review_planned: World) -> None:
    world = review_planned.after(NotifyReview(FIRST_REVIEW), REVIEW_TEAM, london(2016, 11, 12))
    assert world.case(BUNDLE).occurrence.facts.due_on == date(2016, 11, 12)


def test_nothing_is_owed_before_a_review_of_which_nobody_was_told(review_planned: World) -> None:
    assert not review_planned.case(SELF_ASSESSMENT).occurrence.exists
    given(review_planned).when(HELD, REVIEW_TEAM, at=london(2016, 11, 10, 17)).then(
        ReviewHeld, OccurrenceOpened
    )


def test_the_assessment_is_chased_on_the_councils_track_and_goes_no_further(review_notified: World) -> None:
    world = review_notified.chased(SELF_ASSESSMENT, london(2016, 9, 2), london(2017, 3, 1))
    assert raised(world, SELF_ASSESSMENT, "remind-1", "overdue", "director") == [
        ("remind-1", london(2016, 10, 20)),
        ("overdue", london(2016, 10, 28)),
        ("director", london(2016, 11, 1)),
    ]
    told = {each.person for event in world.events_of(SELF_ASSESSMENT)[1:] for each in messages_of(event)}
    assert told == {OFFICER.id, DIRECTOR.id}


def test_the_assessment_moves_with_the_review_for_the_same_reason(review_notified: World) -> None:
    came = given(review_notified).when(moved_to(date(2016, 11, 17)), REVIEW_TEAM, at=london(2016, 10, 3))
    came.then(ReviewMoved, OccurrenceRedated, OccurrenceRedated)
    assessment, bundle = came.events[1:]
    assert {assessment.due_on, bundle.due_on} == {date(2016, 11, 3), date(2016, 11, 17)}
    assert {each.cause for each in (assessment, bundle)} == {"event moved"}
    assert assessment.reason == (
        "the review moved from 10 November 2016 to 17 November 2016: An inspection comes first."
    )
    opened = came.world.case(SELF_ASSESSMENT).occurrence.opened
    assert opened is not None
    assert opened.due_on == date(2016, 10, 27)


def test_a_review_moved_forward_inside_the_lead_time_makes_nothing_overdue_at_once(
    review_notified: World,
) -> None:
    came = given(review_notified).when(moved_to(date(2016, 10, 6)), REVIEW_TEAM, at=london(2016, 10, 3, 16))
    assert due_on(came.world) == date(2016, 10, 5)
    world = came.world.chased(SELF_ASSESSMENT, london(2016, 10, 3, 16), london(2016, 10, 6, 10))
    assert raised(world, SELF_ASSESSMENT) == [("overdue", london(2016, 10, 6))]


def test_a_review_moved_closer_does_not_excuse_what_was_late_before(assessment_overdue: World) -> None:
    came = given(assessment_overdue).when(moved_to(date(2016, 11, 7)), REVIEW_TEAM, at=london(2016, 11, 2))
    assert due_on(came.world) == date(2016, 10, 27)
    assert EscalationResolved not in [type(event) for event in came.events]


def test_what_was_overdue_and_is_due_later_again_is_no_longer_escalated(assessment_overdue: World) -> None:
    came = given(assessment_overdue).when(moved_to(date(2016, 11, 24)), REVIEW_TEAM, at=london(2016, 11, 2))
    over = came.the(EscalationResolved)
    assert over.rung == "director"
    assert [each.person for each in over.messages] == [DIRECTOR.id]
    assert due_on(came.world) == date(2016, 11, 10)
    again = came.world.chased(SELF_ASSESSMENT, london(2016, 11, 2), london(2016, 12, 1))
    kinds = [type(event) for event in again.events_of(SELF_ASSESSMENT)]
    assert kinds.count(OverdueNoticeIssued) == 2
    assert kinds.count(EscalationRaised) == 2


def test_an_assessment_that_has_come_does_not_move(review_notified: World) -> None:
    world = review_notified.after(THEIR_OWN_VIEW, OFFICER, london(2016, 10, 1))
    came = given(world).when(moved_to(date(2016, 11, 17)), REVIEW_TEAM, at=london(2016, 10, 3))
    came.then(ReviewMoved, OccurrenceRedated)
    assert due_on(came.world) == date(2016, 10, 27)


def test_a_review_held_without_the_assessment_says_so(assessment_overdue: World) -> None:
    came = given(assessment_overdue).when(HELD, REVIEW_TEAM, at=london(2016, 11, 10, 17))
    came.then(ReviewHeld, EscalationResolved, WentAheadWithout, OccurrenceOpened)
    without = came.the(WentAheadWithout)
    assert (without.event, without.held_on) == (str(FIRST_REVIEW), date(2016, 11, 10))
    after = came.world.case(SELF_ASSESSMENT).occurrence
    assert after.is_over
    assert not after.is_met
    assert not after.is_excused
    assert is_closed(after)
    assert look(came.world.case(SELF_ASSESSMENT), london(2016, 12, 1)).closed


def test_a_review_held_with_the_assessment_says_nothing(review_notified: World) -> None:
    world = review_notified.after(THEIR_OWN_VIEW, OFFICER, london(2016, 11, 10, 8))
    given(world).when(HELD, REVIEW_TEAM, at=london(2016, 11, 10, 17)).then(ReviewHeld, OccurrenceOpened)


def test_an_assessment_that_came_after_the_review_was_not_there(review_notified: World) -> None:
    world = review_notified.after(THEIR_OWN_VIEW, OFFICER, london(2016, 11, 11))
    given(world).when(HELD, REVIEW_TEAM, at=london(2016, 11, 14)).then(
        ReviewHeld, WentAheadWithout, OccurrenceOpened
    )


def test_the_pack_of_the_next_review_is_its_own(review_notified: World) -> None:
    second = occurrence("department-review", "2")
    world = review_notified.after(HELD, REVIEW_TEAM, london(2016, 11, 10, 17))
    again = PlanReview(second, date(2017, 4, 26), date(2017, 4, 26), ("Callum Reyes",), "Progress.")
    world = world.after(again, REVIEW_TEAM, london(2017, 2, 1))
    world = world.after(NotifyReview(second), REVIEW_TEAM, london(2017, 2, 1))
    opened = world.case(occurrence("self-assessment", "2")).occurrence.facts
    assert opened.due_on == date(2017, 4, 10)
    assert opened.event == str(second)


def test_whoever_reviews_confirms_what_is_provided_item_by_item(review_notified: World) -> None:
    world = review_notified
    for item in ITEMS[:-1]:
        came = given(world).when(ConfirmItem(BUNDLE, item), REVIEW_TEAM, at=london(2016, 11, 10, 10))
        world = came.then(ItemConfirmed).world
        assert not world.case(BUNDLE).occurrence.is_met
    came = given(world).when(ConfirmItem(BUNDLE, ITEMS[-1]), REVIEW_TEAM, at=london(2016, 11, 10, 12))
    came.then(ItemConfirmed)
    assert came.world.case(BUNDLE).occurrence.met_at == london(2016, 11, 10, 12)
    assert look(came.world.case(BUNDLE), london(2016, 11, 10, 13)).closed


def test_only_whoever_reviews_says_what_was_provided(review_notified: World) -> None:
    for by in (DIRECTOR, OFFICER, CASE_LEAD, STRANGER):
        for command in (ConfirmItem(BUNDLE, "data"), RecordItemRefused(BUNDLE, "data", "Not given.")):
            given(review_notified).when(command, by, at=london(2016, 11, 10)).then_refused(
                NotForYouToAccept, "Leader of the review team"
            )


def test_what_is_not_on_the_list_is_not_confirmed(review_notified: World) -> None:
    given(review_notified).when(
        ConfirmItem(BUNDLE, "lunch"), REVIEW_TEAM, at=london(2016, 11, 10)
    ).then_refused(NotAnItem, "staff-access, data, facilities, records")


def test_an_item_is_confirmed_once_and_not_refused_after_that(review_notified: World) -> None:
    world = review_notified.after(ConfirmItem(BUNDLE, "data"), REVIEW_TEAM, london(2016, 11, 10))
    for command in (ConfirmItem(BUNDLE, "data"), RecordItemRefused(BUNDLE, "data", "Not given.")):
        given(world).when(command, REVIEW_TEAM, at=london(2016, 11, 10)).then_refused(ItemAlreadyConfirmed)


def test_a_refusal_is_told_to_the_case_lead_at_once(review_notified: World) -> None:
    not_given = RecordItemRefused(BUNDLE, "records", " No supervision records were shown. ")
    came = given(review_notified).when(not_given, REVIEW_TEAM, at=london(2016, 11, 12, 21))
    refused = came.then(ItemRefused).the(ItemRefused)
    assert refused.reason == "No supervision records were shown."
    assert [(each.person, each.role) for each in refused.messages] == [
        (CASE_LEAD.id, "case-lead"),
        (DIRECTOR.id, "director"),
    ]


def test_an_item_refused_twice_is_told_twice(review_notified: World) -> None:
    not_given = RecordItemRefused(BUNDLE, "records", "They were not shown.")
    world = review_notified.after(not_given, REVIEW_TEAM, london(2016, 11, 10))
    world = world.after(not_given, REVIEW_TEAM, london(2016, 11, 11))
    receipts = world.case(BUNDLE).occurrence.receipts
    assert len({each.id for each in receipts}) == 4


def test_a_refusal_says_what_was_refused(review_notified: World) -> None:
    silent = RecordItemRefused(BUNDLE, "records", "\n")
    given(review_notified).when(silent, REVIEW_TEAM, at=london(2016, 11, 10)).then_refused(ReasonMissing)


def test_what_was_refused_may_be_provided_later(review_notified: World) -> None:
    not_given = RecordItemRefused(BUNDLE, "records", "They were not shown.")
    world = review_notified.after(not_given, REVIEW_TEAM, london(2016, 11, 10))
    for item in ITEMS:
        world = world.after(ConfirmItem(BUNDLE, item), REVIEW_TEAM, london(2016, 11, 11))
    assert world.case(BUNDLE).occurrence.is_met
    assert len(world.case(BUNDLE).occurrence.items_refused) == 1


def test_a_document_has_no_items_to_confirm(review_notified: World) -> None:
    for command in (
        ConfirmItem(SELF_ASSESSMENT, "objectives"),
        RecordItemRefused(SELF_ASSESSMENT, "objectives", "Not given."),
    ):
        given(review_notified).when(command, REVIEW_TEAM, at=london(2016, 11, 10)).then_refused(
            WrongKindOfObligation
        )
