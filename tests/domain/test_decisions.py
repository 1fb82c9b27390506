"""Two named people decide, with reasons; their decision, its issue and its publication have days of their own."""

from datetime import date

import pytest

from domain.actor import ENGINE, Actor
from domain.case import Draft
from domain.chasing.outlook import is_closed, look
from domain.commands import (
    AnswerRepresentations,
    InviteRepresentations,
    IssueDecision,
    LiftNotice,
    MakeRepresentations,
    ProposeDecision,
    PublishDecision,
    RecordConcern,
    SignDecision,
    SubmitReport,
)
from domain.events.chasing import EscalationResolved
from domain.events.deciding import (
    DecisionIssued,
    DecisionMade,
    DecisionProposed,
    DecisionPublished,
    Signatory,
)
from domain.events.handing import RungWithdrawn
from domain.events.instrument import ObligationImposed, PersonAppointed
from domain.events.owing import ReportSubmitted
from domain.identity import notice_stream
from domain.occurrence.standing import was_late
from domain.refusals import (
    DateInTheFuture,
    DateOutOfOrder,
    DecisionAlreadyIssued,
    DecisionAlreadyMade,
    DecisionAlreadyPublished,
    DecisionNotMade,
    DecisionNotProposed,
    FourEyesRequired,
    NotInYourRole,
    OnlyPeopleDecide,
    OptionNotOpen,
    ReasonMissing,
    RepresentationsUnanswered,
    WrongKindOfObligation,
)
from domain.terms.obligations import Option
from domain.terms.parties import Appointment
from tests.domain.deciding import CONCERN, CONSIDERED, NOTICE, POWER, opened_on, proposal, stands_in
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    STRANGER,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london, raised

SECTION_497A = "Section 497A of the Education Act 1996, as amended"
OPENED_AT = london(2016, 7, 6, 10)
ON = date(2016, 7, 12)
AT = london(2016, 7, 12, 15)
SIGN = SignDecision(CONSIDERED)
ISSUE = IssueDecision(CONSIDERED, date(2016, 7, 14))
PUBLISH = PublishDecision(CONSIDERED, date(2016, 7, 20))
OTHER_THAN_DECLINE: tuple[Option, ...] = ("continue", "vary", "direct")


@pytest.fixture(scope="module")
def considered(referred_for_consideration: World) -> World:
    return opened_on(referred_for_consideration, OPENED_AT, MAY_REPORT)


@pytest.fixture(scope="module")
def proposed(considered: World) -> World:
    return considered.after(proposal("decline", ON), MINISTERS_OFFICE, AT)


@pytest.fixture(scope="module")
def decided(proposed: World) -> World:
    return proposed.after(SIGN, SENIOR_CIVIL_SERVANT, london(2016, 7, 13, 9))


@pytest.fixture(scope="module")
def invited(considered: World) -> World:
    invitation = InviteRepresentations(CONSIDERED, date(2016, 7, 20))
    return considered.after(invitation, CASE_LEAD, london(2016, 7, 7))


def appointed(world: World, role: str, who: Actor, name: str) -> World:
    appointment = Appointment(role=role, person=who.id, since=date(2016, 7, 1))
    event = PersonAppointed(appointment, name, london(2016, 7, 1))
    return world.told([Draft(notice_stream(NOTICE), event)])


def test_the_first_signature_proposes_and_tells_those_who_may_sign(considered: World) -> None:
    came = given(considered).when(proposal("decline", ON), MINISTERS_OFFICE, at=AT).then(DecisionProposed)
    event = came.the(DecisionProposed)
    assert event.signed == Signatory(MINISTERS_OFFICE.id, "Fiona Laidlaw", "ministers-office")
    assert (event.option, event.law, event.decided_on) == ("decline", SECTION_497A, ON)
    assert [each.person for each in event.messages] == [SENIOR_CIVIL_SERVANT.id]
    assert came.world.case(CONSIDERED).occurrence.consideration.decided is None


def test_the_second_signature_makes_the_decision(proposed: World) -> None:
    came = given(proposed).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 7, 13, 9))
    made = came.then(DecisionMade, EscalationResolved).the(DecisionMade)
    assert [(each.name, each.role) for each in made.signatories] == [
        ("Fiona Laidlaw", "ministers-office"),
        ("David Achebe", "senior-civil-servant"),
    ]
    assert (made.law, made.decided_on) == (SECTION_497A, ON)
    assert made.decided_at == london(2016, 7, 13, 9)
    assert {each.person for each in made.messages} == {
        OFFICER.id,
        DIRECTOR.id,
        CHIEF_EXECUTIVE.id,
        CASE_LEAD.id,
        MINISTERS_OFFICE.id,
    }
    assert is_closed(came.world.case(CONSIDERED).occurrence)


def test_with_the_decision_the_referral_is_over_and_those_who_were_told_are_told(proposed: World) -> None:
    came = given(proposed).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 7, 13, 9))
    resolved = came.the(EscalationResolved)
    assert resolved.rung == "refer"
    assert resolved.because == "it was decided on 12 July 2016 to decline to use the power."
    assert [each.person for each in resolved.messages] == [MINISTERS_OFFICE.id]
    came_in = given(came.world).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, at=london(2016, 7, 14))
    assert "refer" not in [each.rung for each in came_in.events[1:]]
    assert is_closed(came_in.world.case(MAY_REPORT).occurrence)
    chased = came.world.chased(MAY_REPORT, london(2016, 7, 13, 9), london(2016, 9, 1))
    assert not [rung for rung, at in raised(chased, MAY_REPORT) if at > london(2016, 7, 13)]


def test_a_decision_with_no_matters_ends_no_referral(referred_for_consideration: World) -> None:
    world = opened_on(referred_for_consideration, OPENED_AT)
    world = world.after(proposal("direct", ON), MINISTERS_OFFICE, AT)
    given(world).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).then(DecisionMade)


def test_a_concern_among_the_matters_needs_nothing(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    world = opened_on(world, OPENED_AT, CONCERN, MAY_REPORT)
    world = world.after(proposal("vary", ON), MINISTERS_OFFICE, AT)
    given(world).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).then(DecisionMade)


@pytest.mark.parametrize("by", [CASE_LEAD, DIRECTOR, CHAIR, STRANGER])
def test_only_the_roles_that_the_notice_names_sign(considered: World, proposed: World, by: Actor) -> None:
    given(considered).when(proposal("decline", ON), by, at=AT).then_refused(
        NotInYourRole, "Senior civil servant"
    )
    given(proposed).when(SIGN, by, at=AT).then_refused(NotInYourRole, "Senior civil servant")


def test_nobody_signs_twice_even_in_two_roles(proposed: World) -> None:
    both = appointed(proposed, "senior-civil-servant", MINISTERS_OFFICE, "Fiona Laidlaw")
    for world in (proposed, both):
        given(world).when(SIGN, MINISTERS_OFFICE, at=AT).then_refused(FourEyesRequired, "Fiona Laidlaw")


def test_two_people_in_one_role_may_sign(proposed: World) -> None:
    world = appointed(proposed, "ministers-office", CHAIR, "Margaret Oduya")
    made = given(world).when(SIGN, CHAIR, at=AT).the(DecisionMade)
    assert [each.role for each in made.signatories] == ["ministers-office", "ministers-office"]


def test_a_stand_in_does_not_sign_beside_the_one_they_stand_in_for(
    considered: World, proposed: World
) -> None:
    away = stands_in(proposed, "ministers-office", MINISTERS_OFFICE, CHAIR)
    given(away).when(SIGN, CHAIR, at=AT).then_refused(FourEyesRequired)
    in_her_place = stands_in(considered, "ministers-office", MINISTERS_OFFICE, CHAIR)
    world = in_her_place.after(proposal("decline", ON), CHAIR, AT)
    back = appointed(world, "senior-civil-servant", MINISTERS_OFFICE, "Fiona Laidlaw")
    given(back).when(SIGN, MINISTERS_OFFICE, at=london(2016, 8, 1)).then_refused(FourEyesRequired)
    given(back).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 8, 1)).then(DecisionMade, EscalationResolved)


def test_a_decision_is_proposed_before_it_is_signed_and_anew_instead_of_before(
    considered: World, proposed: World
) -> None:
    given(considered).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).then_refused(DecisionNotProposed)
    anew = proposed.after(proposal("continue", ON, "On reflection."), SENIOR_CIVIL_SERVANT, AT)
    given(anew).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).then_refused(FourEyesRequired)
    made = given(anew).when(SIGN, MINISTERS_OFFICE, at=AT).the(DecisionMade)
    assert (made.option, made.reasons) == ("continue", "On reflection.")
    ids = [message.id for message in anew.messages()]
    assert len(ids) == len(set(ids))


def test_what_was_decided_is_decided(decided: World) -> None:
    given(decided).when(proposal("direct", ON), MINISTERS_OFFICE, at=AT).then_refused(DecisionAlreadyMade)
    given(decided).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).then_refused(DecisionAlreadyMade, "12 July 2016")


def test_a_decision_is_taken_after_the_consideration_was_opened_and_not_in_the_future(
    considered: World,
) -> None:
    before = proposal("decline", date(2016, 7, 5))
    given(considered).when(before, MINISTERS_OFFICE, at=AT).then_refused(DateOutOfOrder, "6 July 2016")
    tomorrow = proposal("decline", date(2016, 7, 13))
    given(considered).when(tomorrow, MINISTERS_OFFICE, at=london(2016, 7, 12, 23, 59)).then_refused(
        DateInTheFuture
    )
    same_day = proposal("decline", date(2016, 7, 6))
    given(considered).when(same_day, MINISTERS_OFFICE, at=AT).then(DecisionProposed)


def test_a_decision_has_reasons_and_is_one_of_the_options(considered: World, lancashire) -> None:
    given(considered).when(proposal("decline", ON, " "), MINISTERS_OFFICE, at=AT).then_refused(ReasonMissing)
    power = next(each for each in lancashire.obligations if each.id == POWER)
    narrow = ObligationImposed(power.model_copy(update={"options": ("decline", "vary")}), london(2016, 7, 1))
    given_world = opened_on(considered.told([Draft(notice_stream(NOTICE), narrow)]), OPENED_AT)
    second = ProposeDecision(type(CONSIDERED)(NOTICE, POWER, "2"), "direct", "Because.", ON)
    given(given_world).when(second, MINISTERS_OFFICE, at=AT).then_refused(OptionNotOpen, "decline, vary")


def test_the_options_are_those_that_were_open_when_it_was_opened(considered: World, lancashire) -> None:
    power = next(each for each in lancashire.obligations if each.id == POWER)
    narrow = ObligationImposed(power.model_copy(update={"options": ("decline",)}), london(2016, 7, 7))
    world = considered.told([Draft(notice_stream(NOTICE), narrow)])
    given(world).when(proposal("direct", ON), MINISTERS_OFFICE, at=AT).then(DecisionProposed)


def test_the_law_is_cited_as_the_notice_has_it_when_the_decision_is_proposed(
    considered: World, lancashire
) -> None:
    power = next(each for each in lancashire.obligations if each.id == POWER)
    amended = power.model_copy(update={"statute": "Section 497A, as amended on 8 July 2016"})
    world = considered.told([Draft(notice_stream(NOTICE), ObligationImposed(amended, london(2016, 7, 8)))])
    came = given(world).when(proposal("direct", ON), MINISTERS_OFFICE, at=AT)
    assert came.the(DecisionProposed).law == "Section 497A, as amended on 8 July 2016"
    made = given(came.world).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT).the(DecisionMade)
    assert made.law == "Section 497A, as amended on 8 July 2016"
    silent = considered.told(
        [
            Draft(
                notice_stream(NOTICE),
                ObligationImposed(power.model_copy(update={"statute": None}), london(2016, 7, 8)),
            )
        ]
    )
    said = given(silent).when(proposal("direct", ON), MINISTERS_OFFICE, at=AT).the(DecisionProposed)
    assert said.law == SECTION_497A


@pytest.mark.parametrize("option", OTHER_THAN_DECLINE)
def test_representations_are_answered_before_a_decision_other_than_to_decline(
    invited: World, option: Option
) -> None:
    speak = MakeRepresentations(CONSIDERED, "An illness.")
    world = invited.after(speak, DIRECTOR, london(2016, 7, 11))
    given(world).when(proposal(option, ON), MINISTERS_OFFICE, at=AT).then_refused(
        RepresentationsUnanswered, "1"
    )
    given(world).when(proposal("decline", ON), MINISTERS_OFFICE, at=AT).then(DecisionProposed)
    answered = world.after(AnswerRepresentations(CONSIDERED, 1, "Noted."), CASE_LEAD, london(2016, 7, 12))
    given(answered).when(proposal(option, ON), MINISTERS_OFFICE, at=AT).then(DecisionProposed)


@pytest.mark.parametrize("option", OTHER_THAN_DECLINE)
def test_who_was_invited_to_speak_is_waited_for(invited: World, option: Option) -> None:
    last = date(2016, 7, 20)
    given(invited).when(
        proposal(option, last), MINISTERS_OFFICE, at=london(2016, 7, 20, 23, 59)
    ).then_refused(RepresentationsUnanswered, "20 July 2016", "has to wait")
    given(invited).when(proposal(option, last), MINISTERS_OFFICE, at=london(2016, 7, 21)).then_refused(
        RepresentationsUnanswered
    )
    given(invited).when(
        proposal(option, date(2016, 7, 21)), MINISTERS_OFFICE, at=london(2016, 7, 21, 0)
    ).then(DecisionProposed)


def test_what_is_said_between_the_two_signatures_is_answered_before_the_second(invited: World) -> None:
    day = date(2016, 7, 21)
    world = invited.after(proposal("direct", day), MINISTERS_OFFICE, london(2016, 7, 21))
    late = world.after(MakeRepresentations(CONSIDERED, "One word more."), DIRECTOR, london(2016, 7, 21, 10))
    given(late).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 7, 21, 11)).then_refused(
        RepresentationsUnanswered
    )
    answered = late.after(AnswerRepresentations(CONSIDERED, 1, "Heard."), CASE_LEAD, london(2016, 7, 21, 12))
    given(answered).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 7, 21, 13)).then(
        DecisionMade, EscalationResolved
    )
    longer = world.after(
        InviteRepresentations(CONSIDERED, date(2016, 7, 29)), CASE_LEAD, london(2016, 7, 21, 10)
    )
    given(longer).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 7, 22)).then_refused(
        RepresentationsUnanswered
    )


def test_decided_issued_published_and_recorded_are_days_of_their_own(decided: World) -> None:
    at = london(2016, 8, 1, 16)
    issued = given(decided).when(ISSUE, CASE_LEAD, at=at).then(DecisionIssued)
    assert {each.person for each in issued.the(DecisionIssued).messages} == {
        OFFICER.id,
        DIRECTOR.id,
        CHIEF_EXECUTIVE.id,
    }
    came = given(issued.world).when(PUBLISH, MINISTERS_OFFICE, at=at).then(DecisionPublished)
    found = came.world.case(CONSIDERED).occurrence.consideration
    assert found.decided.decided_on == date(2016, 7, 12)
    assert found.decided.decided_at == london(2016, 7, 13, 9)
    assert (found.issued.issued_on, found.issued.recorded_at) == (date(2016, 7, 14), at)
    assert (found.published.published_on, found.published.recorded_at) == (date(2016, 7, 20), at)


def test_what_was_not_decided_is_neither_issued_nor_published(considered: World, proposed: World) -> None:
    for world in (considered, proposed):
        for command in (ISSUE, PUBLISH):
            given(world).when(command, CASE_LEAD, at=london(2016, 8, 1)).then_refused(DecisionNotMade)


def test_a_decision_is_issued_once_and_published_once(decided: World) -> None:
    at = london(2016, 8, 1)
    world = decided.after(ISSUE, CASE_LEAD, at).after(PUBLISH, CASE_LEAD, at)
    given(world).when(ISSUE, CASE_LEAD, at=at).then_refused(DecisionAlreadyIssued, "14 July 2016")
    given(world).when(PUBLISH, CASE_LEAD, at=at).then_refused(DecisionAlreadyPublished, "20 July 2016")


def test_the_days_of_a_decision_keep_their_order(decided: World) -> None:
    at = london(2016, 8, 1)
    for command in (
        IssueDecision(CONSIDERED, date(2016, 8, 2)),
        PublishDecision(CONSIDERED, date(2016, 8, 2)),
    ):
        given(decided).when(command, CASE_LEAD, at=at).then_refused(DateInTheFuture)
    for command in (
        IssueDecision(CONSIDERED, date(2016, 7, 11)),
        PublishDecision(CONSIDERED, date(2016, 7, 11)),
    ):
        given(decided).when(command, CASE_LEAD, at=at).then_refused(DateOutOfOrder, "12 July 2016")
    issued = decided.after(ISSUE, CASE_LEAD, at)
    given(issued).when(PublishDecision(CONSIDERED, date(2016, 7, 13)), CASE_LEAD, at=at).then_refused(
        DateOutOfOrder, "14 July 2016"
    )
    given(issued).when(PublishDecision(CONSIDERED, date(2016, 7, 14)), CASE_LEAD, at=at).then(
        DecisionPublished
    )
    published = decided.after(PublishDecision(CONSIDERED, date(2016, 7, 13)), CASE_LEAD, at)
    given(published).when(ISSUE, CASE_LEAD, at=at).then_refused(DateOutOfOrder, "13 July 2016")


@pytest.mark.parametrize("by", [DIRECTOR, SENIOR_CIVIL_SERVANT, CHAIR, STRANGER])
def test_nobody_else_issues_or_publishes(decided: World, by: Actor) -> None:
    for command in (ISSUE, PUBLISH):
        given(decided).when(command, by, at=london(2016, 8, 1)).then_refused(NotInYourRole, "Case lead")


def test_only_a_consideration_is_decided(considered: World) -> None:
    for command in (
        ProposeDecision(MAY_REPORT, "decline", "Because.", ON),
        SignDecision(MAY_REPORT),
        IssueDecision(MAY_REPORT, ON),
        PublishDecision(MAY_REPORT, ON),
    ):
        given(considered).when(command, MINISTERS_OFFICE, at=AT).then_refused(WrongKindOfObligation)


@pytest.mark.parametrize("system", [ENGINE, Actor("system", MINISTERS_OFFICE.id)], ids=str)
def test_the_engine_decides_nothing(
    considered: World, proposed: World, decided: World, system: Actor
) -> None:
    at = london(2016, 8, 1)
    given(considered).when(proposal("decline", ON), system, at=at).then_refused(
        OnlyPeopleDecide, "named person"
    )
    given(proposed).when(SIGN, system, at=at).then_refused(OnlyPeopleDecide)
    for command in (ISSUE, PUBLISH):
        given(decided).when(command, system, at=at).then_refused(OnlyPeopleDecide)


def test_a_late_decision_ends_the_escalation_of_the_consideration_itself(considered: World) -> None:
    world = considered.chased(CONSIDERED, OPENED_AT, london(2016, 8, 11))
    world = world.after(proposal("decline", date(2016, 8, 11)), MINISTERS_OFFICE, london(2016, 8, 11, 10))
    came = given(world).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 8, 11, 11))
    came.then(DecisionMade, EscalationResolved, EscalationResolved)
    assert [each.rung for each in came.events[1:]] == ["senior-civil-servant", "refer"]
    assert was_late(came.world.case(CONSIDERED).occurrence)
    assert look(came.world.case(CONSIDERED), london(2016, 8, 11, 11)).closed


def test_a_decision_taken_in_time_and_recorded_late_was_never_late(considered: World) -> None:
    world = considered.chased(CONSIDERED, OPENED_AT, london(2016, 8, 11))
    world = world.after(proposal("decline", date(2016, 8, 3)), MINISTERS_OFFICE, london(2016, 8, 11, 10))
    came = given(world).when(SIGN, SENIOR_CIVIL_SERVANT, at=london(2016, 8, 11, 11))
    came.then(DecisionMade, RungWithdrawn, RungWithdrawn, EscalationResolved)
    assert not was_late(came.world.case(CONSIDERED).occurrence)


def test_people_decide_on_what_is_before_them_also_when_the_notice_has_ended(proposed: World) -> None:
    lift = LiftNotice(NOTICE, "Good progress.", date(2016, 7, 12), date(2016, 7, 12))
    lifted = proposed.after(lift, SENIOR_CIVIL_SERVANT, AT)
    came = given(lifted).when(SIGN, SENIOR_CIVIL_SERVANT, at=AT)
    assert came.the(DecisionMade)
    given(came.world).when(IssueDecision(CONSIDERED, ON), CASE_LEAD, at=AT).then(DecisionIssued)


def test_the_report_that_comes_during_a_consideration_leaves_the_decision_to_people(
    considered: World,
) -> None:
    came = given(considered).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, at=london(2016, 7, 7))
    assert came.the(ReportSubmitted)
    assert came.world.case(CONSIDERED).occurrence.consideration.decided is None
