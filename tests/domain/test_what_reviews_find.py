"""The outcome letter of a review, its findings, what is done about them, and whether that is enough."""

from datetime import date

import pytest

from domain.case import Draft
from domain.commands import ActOnFinding, FollowUpFinding, IssueOutcome, RecordReviewHeld
from domain.events.instrument import PersonAppointed
from domain.events.reviewing import Finding, FindingActedOn, FindingFollowedUp, OutcomeIssued
from domain.identity import notice_stream
from domain.refusals import (
    DateOutOfOrder,
    FindingAlreadyClosed,
    FindingNotKnown,
    FindingUnsound,
    FourEyesRequired,
    NotInYourRole,
    NotYourTask,
    OutcomeAlreadyIssued,
    ReasonMissing,
    ReviewNotHeld,
    RoleNotKnown,
    WrongKindOfObligation,
)
from domain.reviewing.findings import open_findings
from domain.terms.parties import Appointment
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    OFFICER,
    REVIEW_TEAM,
    STRANGER,
)
from tests.domain.specification import World, given, london

SUPERVISION = Finding("supervision", "Supervision is uneven.", "Audit it.", "director", date(2016, 12, 15))
BOARD = Finding("board", "The board sees data too late.", "Bring it forward.", "chair")
LETTER = IssueOutcome(FIRST_REVIEW, " Progress is visible; recording is uneven. ", (SUPERVISION, BOARD))
ACTED = ActOnFinding(FIRST_REVIEW, "supervision", "All files of November were audited.")


def seen(closed: bool, finding: str = "supervision") -> FollowUpFinding:
    return FollowUpFinding(FIRST_REVIEW, finding, "A sample was read.", closed)


def with_findings(*findings: Finding) -> IssueOutcome:
    return IssueOutcome(FIRST_REVIEW, "What was found.", findings)


@pytest.fixture(scope="module")
def review_held(report_open: World) -> World:
    held = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 10), "Progress is visible.")
    return report_open.after(held, REVIEW_TEAM, london(2016, 11, 10, 17))


@pytest.fixture(scope="module")
def outcome_issued(review_held: World) -> World:
    return review_held.after(LETTER, REVIEW_TEAM, london(2016, 11, 21))


def test_the_outcome_is_told_to_those_reviewed_and_to_whoever_is_to_act(review_held: World) -> None:
    came = given(review_held).when(LETTER, REVIEW_TEAM, at=london(2016, 11, 21))
    outcome = came.then(OutcomeIssued).the(OutcomeIssued)
    assert outcome.letter == "Progress is visible; recording is uneven."
    assert (outcome.issued_by, outcome.issued_as) == (REVIEW_TEAM.id, "review-team")
    assert [each.person for each in outcome.messages] == [
        DIRECTOR.id,
        CHAIR.id,
        OFFICER.id,
        CHIEF_EXECUTIVE.id,
    ]


def test_a_review_may_find_nothing_that_calls_for_an_act(review_held: World) -> None:
    given(review_held).when(with_findings(), REVIEW_TEAM, at=london(2016, 11, 21)).then(OutcomeIssued)


def test_a_review_has_no_outcome_before_it_is_held(report_open: World) -> None:
    given(report_open).when(LETTER, REVIEW_TEAM, at=london(2016, 11, 21)).then_refused(ReviewNotHeld)


def test_the_outcome_is_issued_once(outcome_issued: World) -> None:
    given(outcome_issued).when(LETTER, CASE_LEAD, at=london(2016, 11, 22)).then_refused(
        OutcomeAlreadyIssued, "21 November 2016"
    )


def test_the_outcome_is_that_of_the_department(review_held: World) -> None:
    for by in (DIRECTOR, CHAIR, STRANGER):
        given(review_held).when(LETTER, by, at=london(2016, 11, 21)).then_refused(NotYourTask)


def test_an_outcome_is_a_letter(review_held: World) -> None:
    silent = IssueOutcome(FIRST_REVIEW, " ", (SUPERVISION,))
    given(review_held).when(silent, REVIEW_TEAM, at=london(2016, 11, 21)).then_refused(ReasonMissing)


def test_a_report_has_no_outcome_and_no_findings(report_open: World) -> None:
    for command in (
        IssueOutcome(MAY_REPORT, "Well written."),
        ActOnFinding(MAY_REPORT, "supervision", "Done."),
        FollowUpFinding(MAY_REPORT, "supervision", "Seen.", True),
    ):
        given(report_open).when(command, REVIEW_TEAM, at=london(2016, 6, 10)).then_refused(
            WrongKindOfObligation
        )


def test_findings_hang_together(review_held: World) -> None:
    for finding, refusal in (
        (Finding("a", "Found.", "Do.", "nobody"), RoleNotKnown),
        (Finding("a", "Found.", "Do.", "director", date(2016, 11, 9)), DateOutOfOrder),
        (Finding("a", " ", "Do.", "director"), FindingUnsound),
        (Finding("a", "Found.", "", "director"), FindingUnsound),
        (Finding(" ", "Found.", "Do.", "director"), FindingUnsound),
    ):
        given(review_held).when(with_findings(finding), REVIEW_TEAM, at=london(2016, 11, 21)).then_refused(
            refusal
        )
    given(review_held).when(
        with_findings(SUPERVISION, SUPERVISION), REVIEW_TEAM, at=london(2016, 11, 21)
    ).then_refused(FindingUnsound, "“supervision”")


def test_the_day_of_the_review_is_not_too_early_to_act(review_held: World) -> None:
    at_once = Finding("a", "Found.", "Do.", "director", date(2016, 11, 10))
    given(review_held).when(with_findings(at_once), REVIEW_TEAM, at=london(2016, 11, 21)).then(OutcomeIssued)


def test_its_owner_acts_on_a_finding(outcome_issued: World) -> None:
    came = given(outcome_issued).when(ACTED, DIRECTOR, at=london(2016, 12, 1))
    event = came.then(FindingActedOn).the(FindingActedOn)
    assert (event.acted_by, event.acted_as) == (DIRECTOR.id, "director")
    (found, _) = open_findings(came.world.case(FIRST_REVIEW).occurrence, date(2016, 12, 2))
    assert found.acted_on == event


def test_nobody_else_acts_on_it(outcome_issued: World) -> None:
    for by in (OFFICER, REVIEW_TEAM, STRANGER):
        given(outcome_issued).when(ACTED, by, at=london(2016, 12, 1)).then_refused(
            NotInYourRole, "Director of children’s services"
        )


def test_to_act_is_to_say_what_was_done(outcome_issued: World) -> None:
    silent = ActOnFinding(FIRST_REVIEW, "supervision", " ")
    given(outcome_issued).when(silent, DIRECTOR, at=london(2016, 12, 1)).then_refused(ReasonMissing)


def test_what_was_not_found_is_not_acted_on(outcome_issued: World, review_held: World) -> None:
    unknown = ActOnFinding(FIRST_REVIEW, "toys", "Done.")
    given(outcome_issued).when(unknown, DIRECTOR, at=london(2016, 12, 1)).then_refused(FindingNotKnown)
    given(review_held).when(ACTED, DIRECTOR, at=london(2016, 11, 11)).then_refused(FindingNotKnown)
    given(outcome_issued).when(seen(True, "toys"), REVIEW_TEAM, at=london(2016, 12, 1)).then_refused(
        FindingNotKnown
    )


def test_the_department_follows_up_until_it_is_enough(outcome_issued: World) -> None:
    world = outcome_issued.after(ACTED, DIRECTOR, london(2016, 12, 1))
    not_enough = given(world).when(seen(False), REVIEW_TEAM, at=london(2016, 12, 10))
    world = not_enough.then(FindingFollowedUp).world
    (found, _) = open_findings(world.case(FIRST_REVIEW).occurrence, date(2016, 12, 10))
    assert found.followed_up == not_enough.the(FindingFollowedUp)
    world = world.after(ACTED, DIRECTOR, london(2016, 12, 14)).after(
        seen(True), CASE_LEAD, london(2016, 12, 20)
    )
    left = open_findings(world.case(FIRST_REVIEW).occurrence, date(2016, 12, 21))
    assert [each.finding.id for each in left] == ["board"]


def test_a_closed_finding_is_left_alone(outcome_issued: World) -> None:
    world = outcome_issued.after(seen(True), REVIEW_TEAM, london(2016, 12, 10))
    given(world).when(ACTED, DIRECTOR, at=london(2016, 12, 11)).then_refused(FindingAlreadyClosed)
    given(world).when(seen(True), REVIEW_TEAM, at=london(2016, 12, 11)).then_refused(FindingAlreadyClosed)


def test_only_the_department_follows_up_and_says_what_it_saw(outcome_issued: World) -> None:
    given(outcome_issued).when(seen(True), DIRECTOR, at=london(2016, 12, 10)).then_refused(NotYourTask)
    silent = FollowUpFinding(FIRST_REVIEW, "supervision", "", True)
    given(outcome_issued).when(silent, REVIEW_TEAM, at=london(2016, 12, 10)).then_refused(ReasonMissing)


def test_nobody_closes_what_they_did_themselves(outcome_issued: World) -> None:
    both = Appointment(role="case-lead", person=DIRECTOR.id, since=date(2016, 11, 1))
    appointed = PersonAppointed(both, "Helen Marsh", london(2016, 11, 1))
    world = outcome_issued.told([Draft(notice_stream("lancashire-2016"), appointed)])
    world = world.after(ACTED, DIRECTOR, london(2016, 12, 1))
    given(world).when(seen(True), DIRECTOR, at=london(2016, 12, 10)).then_refused(FourEyesRequired)
    given(world).when(seen(True), CASE_LEAD, at=london(2016, 12, 10)).then(FindingFollowedUp)


def test_a_finding_is_past_its_day_once_that_day_is_over(outcome_issued: World) -> None:
    review = outcome_issued.case(FIRST_REVIEW).occurrence
    on_the_day = {each.finding.id: each.is_past_its_day for each in open_findings(review, date(2016, 12, 15))}
    assert on_the_day == {"supervision": False, "board": False}
    day_after = {each.finding.id: each.is_past_its_day for each in open_findings(review, date(2016, 12, 16))}
    assert day_after == {"supervision": True, "board": False}


def test_a_review_without_an_outcome_has_no_open_findings(review_held: World) -> None:
    assert open_findings(review_held.case(FIRST_REVIEW).occurrence, date(2017, 1, 1)) == ()
