"""The improvement plan: its versions, what they cover, what is delivered; what is slow and outstanding in it (5, 6d, 12)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import Actor
from domain.case import Draft
from domain.commands import AdoptPlan, DeliverAction, UpdateProgress
from domain.events.excusing import OccurrenceRedated
from domain.events.planning import ActionDelivered, Objective, PlanAction, PlanAdopted
from domain.events.tending import ObligationEnded
from domain.identity import notice_stream
from domain.planning.tracking import outstanding, slow
from domain.refusals import (
    ActionAlreadyDelivered,
    ActionNotKnown,
    DateInTheFuture,
    NotASection,
    NotInYourRole,
    NotYourTask,
    OnlyPeopleDecide,
    PlanNotAdopted,
    PlanUnsound,
    ReasonMissing,
    RoleNotKnown,
    WrongKindOfObligation,
)
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    OFFICER,
    STRANGER,
    occurrence,
)
from tests.domain.specification import World, given, london

PLAN = occurrence("plan-kept-up-to-date", "plan")
AUDIT = PlanAction("audit-tool", "A new audit tool is in use", "reporting-officer", date(2016, 9, 30))
TRAINING = PlanAction("training", "All managers are trained", "chief-executive", date(2016, 12, 31))
OVERSIGHT = Objective(
    "oversight",
    "Management oversight is consistent",
    "director",
    areas=("management-oversight", "performance-and-audit", "management-oversight"),
    sources=("Ofsted 2015, recommendation 3", " "),
    actions=(AUDIT, TRAINING),
)
LEAVERS = Objective("leavers", "Care leavers are supported", "chief-executive", areas=("care-leavers",))
ADOPTED = AdoptPlan(PLAN, (OVERSIGHT, LEAVERS))
DELIVERED = DeliverAction(PLAN, "audit-tool", date(2016, 9, 28), " The tool and a log of its use. ")


@pytest.fixture(scope="module")
def plan_adopted(report_open: World) -> World:
    return report_open.after(ADOPTED, DIRECTOR, london(2016, 6, 6))


def test_a_version_records_what_it_leaves_uncovered(report_open: World) -> None:
    came = given(report_open).when(ADOPTED, DIRECTOR, at=london(2016, 6, 6))
    version = came.then(PlanAdopted, OccurrenceRedated).the(PlanAdopted)
    assert (version.version, version.adopted_by, version.adopted_as) == (1, DIRECTOR.id, "director")
    assert version.areas_uncovered == ("report-areas", "diagnostic-recommendations", "case-management")
    assert version.without_source == ("leavers",)
    assert version.objectives[0].areas == ("management-oversight", "performance-and-audit")
    assert version.objectives[0].sources == ("Ofsted 2015, recommendation 3",)


def test_a_later_version_stands_beside_the_first(plan_adopted: World) -> None:
    came = given(plan_adopted).when(AdoptPlan(PLAN, (OVERSIGHT,)), OFFICER, at=london(2016, 7, 1))
    assert came.the(PlanAdopted).version == 2
    plan = came.world.case(PLAN).occurrence.plan
    assert [len(each.objectives) for each in plan.adopted] == [2, 1]
    assert plan.objective("leavers") is None


def test_the_plan_is_adopted_by_those_who_owe_it(report_open: World) -> None:
    for by in (OFFICER, DIRECTOR, CHIEF_EXECUTIVE):
        given(report_open).when(ADOPTED, by, at=london(2016, 6, 6)).then(PlanAdopted, OccurrenceRedated)
    for by in (ADVISER, CASE_LEAD, STRANGER):
        given(report_open).when(ADOPTED, by, at=london(2016, 6, 6)).then_refused(
            NotYourTask, "Lancashire County Council"
        )


def test_the_engine_adopts_no_plan(report_open: World) -> None:
    engine = Actor("system", DIRECTOR.id)
    given(report_open).when(ADOPTED, engine, at=london(2016, 6, 6)).then_refused(OnlyPeopleDecide)


def test_only_where_a_plan_is_kept_is_one_adopted(report_open: World) -> None:
    attested = occurrence("board-maintained", "2016-Q2")
    world = report_open.opened(london(2016, 7, 1, 0))
    for name in (MAY_REPORT, attested):
        for command in (
            AdoptPlan(name, (OVERSIGHT,)),
            UpdateProgress(name, "oversight", "slow", "Late."),
            replace(DELIVERED, occurrence=name),
        ):
            given(world).when(command, DIRECTOR, at=london(2016, 7, 4)).then_refused(WrongKindOfObligation)


def test_a_plan_hangs_together(report_open: World) -> None:
    twin = replace(AUDIT, title="The same name again")
    for objectives, refusal in (
        ((), PlanUnsound),
        ((OVERSIGHT, OVERSIGHT), PlanUnsound),
        ((OVERSIGHT, replace(LEAVERS, actions=(twin,))), PlanUnsound),
        ((replace(OVERSIGHT, title=" "),), PlanUnsound),
        ((replace(LEAVERS, actions=(replace(AUDIT, id=" "),)),), PlanUnsound),
        ((replace(OVERSIGHT, owner="mayor"),), RoleNotKnown),
        ((replace(LEAVERS, actions=(replace(AUDIT, owner="mayor"),)),), RoleNotKnown),
        ((replace(OVERSIGHT, areas=("fostering",)),), NotASection),
    ):
        given(report_open).when(AdoptPlan(PLAN, objectives), DIRECTOR, at=london(2016, 6, 6)).then_refused(
            refusal
        )


def test_a_wrong_area_is_answered_with_those_that_exist(report_open: World) -> None:
    wrong = AdoptPlan(PLAN, (replace(OVERSIGHT, areas=("fostering",)),))
    given(report_open).when(wrong, DIRECTOR, at=london(2016, 6, 6)).then_refused(
        NotASection, "fostering", "performance-and-audit", "care-leavers"
    )


def test_a_plan_over_which_nothing_says_what_it_covers_names_no_areas(report_open: World) -> None:
    ended = ObligationEnded("plan-content", "Varied.", london(2016, 6, 1))
    world = report_open.told([Draft(notice_stream("lancashire-2016"), ended)])
    given(world).when(ADOPTED, DIRECTOR, at=london(2016, 6, 6)).then_refused(NotASection, "nothing says")
    without = AdoptPlan(PLAN, (replace(OVERSIGHT, areas=()),))
    came = given(world).when(without, DIRECTOR, at=london(2016, 6, 6))
    assert came.the(PlanAdopted).areas_uncovered == ()


def test_an_action_is_delivered_with_what_shows_it(plan_adopted: World) -> None:
    came = given(plan_adopted).when(DELIVERED, OFFICER, at=london(2016, 10, 3))
    delivered = came.then(ActionDelivered).the(ActionDelivered)
    assert (delivered.delivered_on, delivered.recorded_at) == (date(2016, 9, 28), london(2016, 10, 3))
    assert (delivered.evidence, delivered.delivered_as) == (
        "The tool and a log of its use.",
        "reporting-officer",
    )


def test_its_owner_or_that_of_its_objective_or_whoever_keeps_the_plan_delivers(plan_adopted: World) -> None:
    training = replace(DELIVERED, action="training")
    for by, role in (
        (CHIEF_EXECUTIVE, "chief-executive"),
        (DIRECTOR, "director"),
        (OFFICER, "reporting-officer"),
    ):
        came = given(plan_adopted).when(training, by, at=london(2016, 10, 3))
        assert came.the(ActionDelivered).delivered_as == role
    for by in (ADVISER, CASE_LEAD, STRANGER):
        given(plan_adopted).when(training, by, at=london(2016, 10, 3)).then_refused(
            NotInYourRole, "Chief executive or Director of children’s services"
        )


def test_an_action_is_not_delivered_tomorrow(plan_adopted: World) -> None:
    late_in_the_evening = london(2016, 9, 27, 23, 59)
    given(plan_adopted).when(DELIVERED, OFFICER, at=late_in_the_evening).then_refused(DateInTheFuture)
    given(plan_adopted).when(DELIVERED, OFFICER, at=london(2016, 9, 28, 0)).then(ActionDelivered)


def test_nothing_is_delivered_without_evidence_or_twice_or_unknown(plan_adopted: World) -> None:
    for command, refusal in (
        (replace(DELIVERED, evidence=" "), ReasonMissing),
        (replace(DELIVERED, action="toys"), ActionNotKnown),
    ):
        given(plan_adopted).when(command, OFFICER, at=london(2016, 10, 3)).then_refused(refusal)
    world = plan_adopted.after(DELIVERED, OFFICER, london(2016, 10, 3))
    given(world).when(DELIVERED, OFFICER, at=london(2016, 10, 4)).then_refused(
        ActionAlreadyDelivered, "28 September 2016"
    )


def test_without_a_plan_nothing_is_delivered_or_updated(report_open: World) -> None:
    for command in (DELIVERED, UpdateProgress(PLAN, "oversight", "slow", "Late.")):
        given(report_open).when(command, OFFICER, at=london(2016, 10, 3)).then_refused(
            PlanNotAdopted, "Adopt"
        )


def test_an_action_is_outstanding_once_its_day_is_over(plan_adopted: World) -> None:
    plan = plan_adopted.case(PLAN).occurrence.plan
    assert outstanding(plan, date(2016, 9, 30)) == ()
    assert outstanding(plan, date(2016, 10, 1)) == (AUDIT,)
    delivered = plan_adopted.after(DELIVERED, OFFICER, london(2016, 10, 3))
    assert outstanding(delivered.case(PLAN).occurrence.plan, date(2016, 10, 4)) == ()


def test_what_was_delivered_stays_so_in_the_next_version(plan_adopted: World) -> None:
    world = plan_adopted.after(DELIVERED, OFFICER, london(2016, 10, 3))
    world = world.after(ADOPTED, DIRECTOR, london(2016, 10, 5))
    assert outstanding(world.case(PLAN).occurrence.plan, date(2016, 10, 6)) == ()


def test_an_objective_is_slow_when_its_owner_says_so_or_an_action_is_outstanding(plan_adopted: World) -> None:
    def names(world: World, day: date) -> list[str]:
        return [each.id for each in slow(world.case(PLAN).occurrence.plan, world.notice, day)]

    assert names(plan_adopted, date(2016, 9, 30)) == []
    assert names(plan_adopted, date(2016, 10, 1)) == ["oversight"]
    rated = plan_adopted.after(
        UpdateProgress(PLAN, "leavers", "slow", "Advisers are missing."), CHIEF_EXECUTIVE, london(2016, 7, 1)
    )
    assert names(rated, date(2016, 7, 2)) == ["leavers"]
    complete = rated.after(
        UpdateProgress(PLAN, "oversight", "complete", "All done but one."), DIRECTOR, london(2016, 9, 1)
    )
    assert names(complete, date(2016, 10, 1)) == ["leavers"]
