"""A deadline over the actions of a plan ends in a judgement; so does a duty to determine."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import Actor
from domain.case import Draft
from domain.commands import RecordAssessment, SubmitReport
from domain.events.instrument import ObligationImposed
from domain.events.owing import DeliveryAssessed, ReportSubmitted
from domain.identity import notice_stream
from domain.refusals import (
    NotYourTask,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    ValueNotFitting,
    WrongKindOfObligation,
)
from domain.terms.obligations import AfterEvent, FixedDeadline, Section
from domain.time.rules import AfterEvent as DaysAfter
from tests.domain.people import CASE_LEAD, DEADLINE, DIRECTOR, OFFICER, REVIEW_TEAM, answers, occurrence
from tests.domain.plan_on_record import delivered, with_plan
from tests.domain.specification import World, given, london

ASSESS = RecordAssessment(DEADLINE, "Most of it is there.", "partly met")
AT_THE_END = london(2017, 5, 31, 16)
DETERMINED = occurrence("determination", "2017-05-31")
TITLE = "The Department determines whether the actions were delivered"


def impose(world: World, obligation: object) -> World:
    imposed = ObligationImposed(obligation, london(2016, 5, 20))
    return world.told((Draft(notice_stream("lancashire-2016"), imposed),))


@pytest.fixture(scope="module")
def at_the_end(report_open: World) -> World:
    world = with_plan(report_open)
    world = delivered(world, "audit-tool", date(2016, 6, 7), london(2016, 6, 9))
    return delivered(world, "pathways", date(2017, 5, 30), london(2017, 5, 30))


@pytest.fixture(scope="module")
def to_be_determined(notice_issued: World) -> World:
    duty = AfterEvent(
        kind="after-event",
        id="determination",
        clause="12",
        title=TITLE,
        strength="must",
        obligor="department",
        obligee="council",
        assignee="case-lead",
        event="plan-delivered",
        due=DaysAfter(rule="after-event", working_days=10),
    )
    return impose(notice_issued, duty).opened(london(2017, 6, 1))


def test_an_assessment_keeps_what_was_delivered_and_what_was_not_at_that_moment(at_the_end: World) -> None:
    event = (
        given(at_the_end).when(ASSESS, CASE_LEAD, at=AT_THE_END).then(DeliveryAssessed).the(DeliveryAssessed)
    )
    assert (event.delivered, event.outstanding) == (("audit-tool", "pathways"), ("audit-cycle",))
    assert event.outcome == "partly met"


def test_without_a_plan_there_are_no_actions_to_count(report_open: World) -> None:
    event = given(report_open).when(ASSESS, CASE_LEAD, at=AT_THE_END).the(DeliveryAssessed)
    assert (event.delivered, event.outstanding) == ((), ())


def test_an_outcome_is_one_of_three_or_left_out(at_the_end: World) -> None:
    given(at_the_end).when(replace(ASSESS, outcome="excellent"), CASE_LEAD, at=AT_THE_END).then_refused(
        ValueNotFitting, "met, partly met, not met"
    )
    given(at_the_end).when(replace(ASSESS, outcome=None), CASE_LEAD, at=AT_THE_END).then(DeliveryAssessed)


def test_the_engine_assesses_nothing(at_the_end: World) -> None:
    given(at_the_end).when(ASSESS, at=AT_THE_END).then_refused(OnlyPeopleDecide)
    disguised = Actor("system", CASE_LEAD.id)
    given(at_the_end).when(ASSESS, disguised, at=AT_THE_END).then_refused(OnlyPeopleDecide)


def test_a_deadline_whose_ladder_asks_nobody_is_assessed_by_those_who_are_owed_it(
    notice_issued: World,
) -> None:
    deadline = notice_issued.notice.obligation("plan-delivered").model_copy(update={"ladder": None})
    world = impose(notice_issued, deadline).opened(london(2016, 6, 1))
    given(world).when(ASSESS, DIRECTOR, at=AT_THE_END).then_refused(NotYourTask)
    given(world).when(ASSESS, REVIEW_TEAM, at=AT_THE_END).then(DeliveryAssessed)


def with_sections(world: World, **changes: object) -> World:
    deadline = world.notice.obligation("plan-delivered")
    assert isinstance(deadline, FixedDeadline)
    account = Section(id="account", clause="12", title="What was done")
    return impose(world, deadline.model_copy(update={"sections": (account,), **changes})).opened(
        london(2016, 6, 1)
    )


def test_a_deadline_that_is_met_by_a_report_is_not_assessed(notice_issued: World) -> None:
    world = with_sections(notice_issued, ladder=None)
    given(world).when(ASSESS, CASE_LEAD, at=AT_THE_END).then_refused(WrongKindOfObligation)
    report = SubmitReport(DEADLINE, answers("account"))
    given(world).when(report, OFFICER, at=AT_THE_END).then(ReportSubmitted)


def test_unless_its_ladder_asks_for_an_assessment(notice_issued: World) -> None:
    world = with_sections(notice_issued)
    given(world).when(ASSESS, CASE_LEAD, at=AT_THE_END).then(DeliveryAssessed)
    met = world.after(SubmitReport(DEADLINE, answers("account")), OFFICER, london(2017, 5, 30))
    given(met).when(ASSESS, CASE_LEAD, at=AT_THE_END).then_refused(OccurrenceAlreadyMet, "report")


def test_a_duty_to_determine_is_met_by_those_who_owe_it_with_an_outcome(to_be_determined: World) -> None:
    determine = RecordAssessment(DETERMINED, "All but one.", "partly met")
    at = london(2017, 6, 5)
    given(to_be_determined).when(replace(determine, outcome=None), CASE_LEAD, at=at).then_refused(
        ReasonMissing, "met, partly met or not met"
    )
    given(to_be_determined).when(replace(determine, finding=" "), CASE_LEAD, at=at).then_refused(
        ReasonMissing
    )
    given(to_be_determined).when(determine, DIRECTOR, at=at).then_refused(NotYourTask)
    event = given(to_be_determined).when(determine, REVIEW_TEAM, at=at).the(DeliveryAssessed)
    assert (event.outcome, event.assessed_as, event.outstanding) == ("partly met", "review-team", ())
