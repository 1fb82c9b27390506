"""The adviser may require a diagnostic review of a service area, by a party agreed with the Department (9)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import Actor
from domain.case import Draft
from domain.chasing.outlook import look
from domain.commands import (
    AgreeParty,
    NotifyReview,
    PlanReview,
    RecordReviewHeld,
    RequireDiagnosticReview,
)
from domain.events.excusing import OccurrenceWithdrawn
from domain.events.instrument import PersonAppointed
from domain.events.owing import OccurrenceOpened, ReviewHeld
from domain.events.reviewing import PartyAgreed, ReviewNotified, ReviewPlanned
from domain.events.tending import ObligationEnded
from domain.identity import notice_stream
from domain.refusals import (
    DateBeforeOpening,
    DateBeyondCalendar,
    DateInThePast,
    FourEyesRequired,
    NoLongerOwed,
    NotInYourRole,
    ObligationNotKnown,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    PartyAlreadyAgreed,
    PartyNotAgreed,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.terms.parties import Appointment
from tests.domain.correcting import corrected, state, wrong
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    DIRECTOR,
    FIRST_REVIEW,
    REVIEW_TEAM,
    STRANGER,
    occurrence,
)
from tests.domain.specification import World, given, london, raised

DIAGNOSTIC = occurrence("diagnostic-review", "1")
REQUIRED = RequireDiagnosticReview(
    "lancashire-2016", "diagnostic-review", " Services for care leavers ", date(2016, 9, 30)
)
AGREED = AgreeParty(DIAGNOSTIC, " Another council ")
PLANNED = PlanReview(DIAGNOSTIC, date(2016, 9, 12), date(2016, 9, 14), ("Another council",), "Care leavers.")
HELD = RecordReviewHeld(DIAGNOSTIC, date(2016, 9, 14), "Pathway plans are thin.")


@pytest.fixture(scope="module")
def diagnostic_required(report_open: World) -> World:
    """On Monday 4 July 2016."""
    return report_open.after(REQUIRED, ADVISER, london(2016, 7, 4))


@pytest.fixture(scope="module")
def party_agreed(diagnostic_required: World) -> World:
    return diagnostic_required.after(AGREED, CASE_LEAD, london(2016, 7, 6))


def test_the_adviser_requires_a_review_of_a_service_area(report_open: World) -> None:
    came = given(report_open).when(REQUIRED, ADVISER, at=london(2016, 7, 4))
    opened = came.then(OccurrenceOpened).the(OccurrenceOpened)
    assert (opened.obligation, opened.period, opened.kind) == ("diagnostic-review", "1", "on-demand")
    assert opened.title.endswith(": Services for care leavers")
    assert opened.about == "Services for care leavers"
    assert (opened.asked_by, opened.asked_as) == (ADVISER.id, "adviser")
    assert opened.due_on == date(2016, 9, 30)


def test_each_requirement_is_a_review_of_its_own(diagnostic_required: World) -> None:
    came = given(diagnostic_required).when(REQUIRED, ADVISER, at=london(2016, 7, 5))
    assert came.the(OccurrenceOpened).period == "2"


def test_a_long_area_is_kept_whole_and_its_title_is_shortened(report_open: World) -> None:
    area = "The assessment of children in need " * 20
    came = given(report_open).when(replace(REQUIRED, area=area), ADVISER, at=london(2016, 7, 4))
    opened = came.the(OccurrenceOpened)
    assert len(opened.title) <= 200
    assert opened.about == area.strip()


def test_only_the_adviser_requires_it(report_open: World) -> None:
    for by in (CASE_LEAD, DIRECTOR, STRANGER):
        given(report_open).when(REQUIRED, by, at=london(2016, 7, 4)).then_refused(NotInYourRole, "Adviser")
    engine = Actor("system", ADVISER.id)
    given(report_open).when(REQUIRED, engine, at=london(2016, 7, 4)).then_refused(OnlyPeopleDecide)


def test_a_requirement_names_an_area_and_a_day_to_come(report_open: World) -> None:
    for command, refusal in (
        (replace(REQUIRED, area=" "), ReasonMissing),
        (replace(REQUIRED, wanted_by=date(2016, 7, 3)), DateInThePast),
        (replace(REQUIRED, wanted_by=date(2028, 6, 1)), DateBeyondCalendar),
        (replace(REQUIRED, obligation="monthly-report"), WrongKindOfObligation),
        (replace(REQUIRED, obligation="audit"), ObligationNotKnown),
    ):
        given(report_open).when(command, ADVISER, at=london(2016, 7, 4)).then_refused(refusal)
    today = replace(REQUIRED, wanted_by=date(2016, 7, 4))
    given(report_open).when(today, ADVISER, at=london(2016, 7, 4, 23)).then(OccurrenceOpened)


def test_what_is_owed_no_more_is_not_demanded(report_open: World) -> None:
    ended = ObligationEnded("diagnostic-review", "The notice was varied.", london(2016, 7, 1))
    world = report_open.told([Draft(notice_stream("lancashire-2016"), ended)])
    given(world).when(REQUIRED, ADVISER, at=london(2016, 7, 4)).then_refused(NoLongerOwed)


def test_the_case_lead_is_told_while_nobody_has_agreed_who_conducts_it(diagnostic_required: World) -> None:
    world = diagnostic_required.chased(DIAGNOSTIC, london(2016, 7, 4), london(2016, 7, 20))
    assert raised(world, DIAGNOSTIC) == [("agree", london(2016, 7, 7))]
    assert [each.person for each in world.events_of(DIAGNOSTIC)[1].messages] == [CASE_LEAD.id]


def test_once_it_is_agreed_nobody_is_told_of_that(party_agreed: World) -> None:
    assert look(party_agreed.case(DIAGNOSTIC), london(2016, 7, 6)).next_at == london(2016, 9, 23)


def test_the_adviser_is_chased_on_a_track_of_their_own(party_agreed: World) -> None:
    world = party_agreed.chased(DIAGNOSTIC, london(2016, 7, 6), london(2016, 12, 1))
    told = {
        each.person for event in world.events_of(DIAGNOSTIC)[2:] for each in getattr(event, "messages", ())
    }
    assert told == {ADVISER.id, CASE_LEAD.id}
    assert raised(world, DIAGNOSTIC, "remind-1", "overdue", "case-lead") == [
        ("remind-1", london(2016, 9, 23)),
        ("overdue", london(2016, 10, 3)),
        ("case-lead", london(2016, 10, 7)),
    ]


def test_the_case_lead_agrees_and_whoever_required_it_is_told(diagnostic_required: World) -> None:
    came = given(diagnostic_required).when(AGREED, CASE_LEAD, at=london(2016, 7, 6))
    agreed = came.then(PartyAgreed).the(PartyAgreed)
    assert (agreed.party, agreed.agreed_as) == ("Another council", "case-lead")
    assert [(each.person, each.role) for each in agreed.messages] == [(ADVISER.id, "adviser")]


def test_nobody_else_agrees(diagnostic_required: World) -> None:
    for by in (ADVISER, REVIEW_TEAM, DIRECTOR, STRANGER):
        given(diagnostic_required).when(AGREED, by, at=london(2016, 7, 6)).then_refused(
            NotInYourRole, "Case lead"
        )
    engine = Actor("system", CASE_LEAD.id)
    given(diagnostic_required).when(AGREED, engine, at=london(2016, 7, 6)).then_refused(OnlyPeopleDecide)


def test_whoever_required_it_does_not_agree_with_themselves(diagnostic_required: World) -> None:
    both = Appointment(role="case-lead", person=ADVISER.id, since=date(2016, 7, 5))
    appointed = PersonAppointed(both, "Ruth Pemberton", london(2016, 7, 5))
    world = diagnostic_required.told([Draft(notice_stream("lancashire-2016"), appointed)])
    given(world).when(AGREED, ADVISER, at=london(2016, 7, 6)).then_refused(FourEyesRequired)


def test_it_is_agreed_once_and_by_name(diagnostic_required: World, party_agreed: World) -> None:
    given(party_agreed).when(AGREED, CASE_LEAD, at=london(2016, 7, 7)).then_refused(
        PartyAlreadyAgreed, "Another council"
    )
    nameless = AgreeParty(DIAGNOSTIC, " ")
    given(diagnostic_required).when(nameless, CASE_LEAD, at=london(2016, 7, 6)).then_refused(ReasonMissing)


def test_the_departments_own_review_needs_nobodys_agreement(report_open: World) -> None:
    given(report_open).when(AgreeParty(FIRST_REVIEW, "Us"), CASE_LEAD, at=london(2016, 7, 6)).then_refused(
        WrongKindOfObligation
    )


def test_it_is_neither_planned_nor_held_before_the_party_is_agreed(diagnostic_required: World) -> None:
    for command in (PLANNED, HELD):
        given(diagnostic_required).when(command, ADVISER, at=london(2016, 9, 12)).then_refused(
            PartyNotAgreed, "Case lead"
        )


def test_it_has_the_same_bundle_and_no_assessment_before_it(party_agreed: World) -> None:
    came = given(party_agreed).when(PLANNED, ADVISER, at=london(2016, 8, 1))
    world = came.then(ReviewPlanned).world
    told = given(world).when(NotifyReview(DIAGNOSTIC), ADVISER, at=london(2016, 8, 1))
    told.then(ReviewNotified, OccurrenceOpened)
    assert [each.person for each in told.the(ReviewNotified).messages] == [DIRECTOR.id]
    bundle = told.world.case(occurrence("diagnostic-access", "1")).occurrence.facts
    assert bundle.due_on == date(2016, 9, 12)
    assert len(bundle.sections) == 4


def test_once_held_no_other_follows_by_itself(party_agreed: World) -> None:
    came = given(party_agreed).when(HELD, ADVISER, at=london(2016, 9, 14, 17))
    came.then(ReviewHeld)
    assert look(came.world.case(DIAGNOSTIC), london(2016, 9, 15)).closed
    given(came.world).when(AGREED, CASE_LEAD, at=london(2016, 9, 15)).then_refused(OccurrenceAlreadyMet)


def test_it_is_not_held_before_it_was_required(party_agreed: World) -> None:
    too_early = replace(HELD, held_on=date(2016, 7, 3))
    given(party_agreed).when(too_early, ADVISER, at=london(2016, 9, 14)).then_refused(
        DateBeforeOpening, "before it was required"
    )


def test_a_requirement_that_was_withdrawn_is_not_planned(party_agreed: World) -> None:
    withdrawn = OccurrenceWithdrawn("The notice was varied.", london(2016, 8, 1))
    world = party_agreed.told([Draft(DIAGNOSTIC.stream, withdrawn)])
    given(world).when(PLANNED, ADVISER, at=london(2016, 8, 2)).then_refused(NoLongerOwed)


def test_a_wrong_name_of_who_conducts_it_is_corrected(party_agreed: World) -> None:
    proposed = wrong(party_agreed, PartyAgreed, "party", "Another borough", DIAGNOSTIC)
    after = corrected(party_agreed, proposed, london(2016, 7, 7))
    assert state(after, DIAGNOSTIC).review.party == "Another borough"
