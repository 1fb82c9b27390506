"""Every objective of the plan is updated within 35 days, or the plan is no longer up to date (6a)."""

from dataclasses import replace
from datetime import date, datetime
from typing import cast

import pytest

from domain.case import Draft
from domain.commands import AdoptPlan, UpdateProgress
from domain.events.chasing import EscalationRaised, EscalationResolved
from domain.events.excusing import ExtensionGranted, OccurrenceRedated
from domain.events.planning import Objective, PlanAdopted, ProgressUpdated, Rating
from domain.excusing.redating import redate
from domain.occurrence.plan import Plan
from domain.planning.tracking import stale, stale_on
from domain.refusals import NotInYourRole, ObjectiveNotKnown, ReasonMissing, ValueNotFitting
from tests.domain.people import CASE_LEAD, CHIEF_EXECUTIVE, DIRECTOR, OFFICER, STRANGER, occurrence
from tests.domain.specification import LONDON, World, given, london, raised

PLAN = occurrence("plan-kept-up-to-date", "plan")
OVERSIGHT = Objective("oversight", "Management oversight is consistent", "director")
LEAVERS = Objective("leavers", "Care leavers are supported", "chief-executive")
ADOPTED = AdoptPlan(PLAN, (OVERSIGHT, LEAVERS))


def says(objective: str, rating: Rating = "on-track", text: str = "As planned.") -> UpdateProgress:
    return UpdateProgress(PLAN, objective, rating, text)


def due_on(world: World) -> date:
    return world.case(PLAN).occurrence.facts.due_on


def plan_of(world: World) -> Plan:
    return world.case(PLAN).occurrence.plan


def stale_names(world: World, now: datetime) -> list[str]:
    return [each.id for each in stale(plan_of(world), 35, now, LONDON)]


@pytest.fixture(scope="module")
def plan_adopted(report_open: World) -> World:
    return report_open.after(ADOPTED, DIRECTOR, london(2016, 6, 6))


@pytest.fixture(scope="module")
def plan_stale(plan_adopted: World) -> World:
    """It went out of date with 11 July, and the director has been told on 18 July."""
    return plan_adopted.chased(PLAN, london(2016, 6, 6), london(2016, 7, 18, 10))


def test_a_plan_is_owed_from_the_first_day_on_and_missed_when_nobody_adopts_one(report_open: World) -> None:
    assert due_on(report_open) == date(2016, 6, 23)
    world = report_open.chased(PLAN, london(2016, 6, 1), london(2016, 7, 1))
    assert raised(world, PLAN, "remind-1", "overdue", "director") == [
        ("remind-1", london(2016, 6, 16)),
        ("overdue", london(2016, 6, 24)),
        ("director", london(2016, 6, 30)),
    ]


def test_a_version_of_the_plan_sets_the_day_on_which_it_goes_out_of_date(report_open: World) -> None:
    came = given(report_open).when(ADOPTED, DIRECTOR, at=london(2016, 6, 6))
    redated = came.then(PlanAdopted, OccurrenceRedated).the(OccurrenceRedated)
    assert redated.due_on == date(2016, 7, 11)
    assert redated.cause == "progress updated"
    assert redated.reason == "version 1 of the plan was adopted."


def test_a_plan_adopted_late_ends_what_its_absence_had_caused(report_open: World) -> None:
    late = report_open.chased(PLAN, london(2016, 6, 1), london(2016, 7, 1))
    came = given(late).when(ADOPTED, DIRECTOR, at=london(2016, 7, 1))
    came.then(PlanAdopted, EscalationResolved, OccurrenceRedated)
    assert [each.person for each in came.the(EscalationResolved).messages] == [DIRECTOR.id]


def test_the_objective_that_was_left_longest_sets_the_day(plan_adopted: World) -> None:
    came = given(plan_adopted).when(says("oversight"), DIRECTOR, at=london(2016, 6, 20))
    came.then(ProgressUpdated)
    assert due_on(came.world) == date(2016, 7, 11)
    both = given(came.world).when(says("leavers"), CHIEF_EXECUTIVE, at=london(2016, 6, 24))
    both.then(ProgressUpdated, OccurrenceRedated)
    assert due_on(both.world) == date(2016, 7, 25)


def test_the_owner_says_where_an_objective_stands_or_whoever_keeps_the_plan(plan_adopted: World) -> None:
    for by, role in ((DIRECTOR, "director"), (OFFICER, "reporting-officer")):
        came = given(plan_adopted).when(says("oversight", "slow", " Late. "), by, at=london(2016, 6, 20))
        updated = came.the(ProgressUpdated)
        assert (updated.rating, updated.text, updated.updated_as) == ("slow", "Late.", role)
    for by in (CHIEF_EXECUTIVE, CASE_LEAD, STRANGER):
        given(plan_adopted).when(says("oversight"), by, at=london(2016, 6, 20)).then_refused(
            NotInYourRole, "Director of children’s services"
        )


def test_an_update_names_an_objective_and_a_rating_and_says_something(plan_adopted: World) -> None:
    for command, refusal in (
        (says("toys"), ObjectiveNotKnown),
        (replace(says("oversight"), rating=cast("Rating", "fine")), ValueNotFitting),
        (says("oversight", text="\n"), ReasonMissing),
    ):
        given(plan_adopted).when(command, DIRECTOR, at=london(2016, 6, 20)).then_refused(refusal)


def test_it_is_up_to_date_until_the_end_of_the_last_day(plan_adopted: World) -> None:
    assert stale_on(plan_of(plan_adopted), 35, plan_adopted.notice) == date(2016, 7, 11)
    assert stale_names(plan_adopted, london(2016, 7, 11, 23, 59)) == []
    assert stale_names(plan_adopted, london(2016, 7, 12, 0)) == ["oversight", "leavers"]


def test_days_are_those_of_the_notice_when_the_clocks_change(report_open: World) -> None:
    world = report_open.after(ADOPTED, DIRECTOR, london(2016, 10, 1, 0, 30))
    assert due_on(world) == date(2016, 11, 5)
    assert stale_names(world, london(2016, 11, 5, 23, 59)) == []
    assert stale_names(world, london(2016, 11, 6, 0)) == ["oversight", "leavers"]


def test_a_stale_plan_is_chased_up_its_ladder(plan_stale: World) -> None:
    assert raised(plan_stale, PLAN, "remind-1", "overdue", "director") == [
        ("remind-1", london(2016, 7, 4)),
        ("overdue", london(2016, 7, 12)),
        ("director", london(2016, 7, 18)),
    ]


def test_while_another_objective_is_stale_the_plan_is_still_out_of_date(plan_stale: World) -> None:
    came = given(plan_stale).when(says("oversight"), DIRECTOR, at=london(2016, 7, 19))
    came.then(ProgressUpdated)
    assert due_on(came.world) == date(2016, 7, 11)
    assert stale_names(came.world, london(2016, 7, 19)) == ["leavers"]


def test_a_plan_brought_up_to_date_ends_the_escalation_and_begins_anew(plan_stale: World) -> None:
    world = plan_stale.after(says("oversight"), DIRECTOR, london(2016, 7, 19))
    came = given(world).when(says("leavers"), CHIEF_EXECUTIVE, at=london(2016, 7, 20))
    came.then(ProgressUpdated, EscalationResolved, OccurrenceRedated)
    assert came.the(EscalationResolved).because == "the plan is up to date again."
    assert due_on(came.world) == date(2016, 8, 23)
    assert not came.world.case(PLAN).occurrence.is_over
    again = came.world.chased(PLAN, london(2016, 7, 20), london(2016, 9, 1, 10))
    assert raised(again, PLAN, "overdue") == [
        ("overdue", london(2016, 7, 12)),
        ("overdue", london(2016, 8, 24)),
    ]
    assert sum(isinstance(each, EscalationRaised) for each in again.events_of(PLAN)) == 2


def test_a_complete_objective_never_goes_stale(plan_adopted: World) -> None:
    world = plan_adopted.after(says("oversight", "complete"), DIRECTOR, london(2016, 6, 20))
    assert stale_names(world, london(2017, 1, 1)) == ["leavers"]
    came = given(world).when(says("leavers", "complete"), CHIEF_EXECUTIVE, at=london(2016, 6, 24))
    assert stale_on(plan_of(came.world), 35, came.world.notice) is None
    assert due_on(came.world) == date(2017, 5, 31)
    later = came.world.chased(PLAN, london(2016, 6, 24), london(2018, 1, 1))
    assert raised(later, PLAN) == raised(plan_adopted, PLAN)


def test_a_plan_completed_after_the_life_of_the_notice_is_not_overdue_by_that(plan_adopted: World) -> None:
    world = plan_adopted.after(says("oversight", "complete"), DIRECTOR, london(2017, 6, 5))
    world = world.after(says("leavers", "complete"), CHIEF_EXECUTIVE, london(2017, 6, 5))
    assert due_on(world) == date(2017, 7, 10)


def test_an_objective_taken_up_again_can_go_stale_again(plan_adopted: World) -> None:
    world = plan_adopted.after(says("oversight", "complete"), DIRECTOR, london(2016, 6, 20))
    world = world.after(says("leavers", "complete"), CHIEF_EXECUTIVE, london(2016, 6, 24))
    world = world.after(says("oversight", "slow"), DIRECTOR, london(2016, 12, 1))
    assert due_on(world) == date(2017, 1, 5)


def test_an_objective_that_stays_in_the_plan_is_not_made_fresh_by_a_new_version(plan_adopted: World) -> None:
    came = given(plan_adopted).when(ADOPTED, DIRECTOR, at=london(2016, 6, 27))
    came.then(PlanAdopted)
    assert due_on(came.world) == date(2016, 7, 11)


def test_an_objective_that_comes_back_starts_afresh(plan_adopted: World) -> None:
    world = plan_adopted.after(says("oversight"), DIRECTOR, london(2016, 6, 20))
    world = world.after(AdoptPlan(PLAN, (LEAVERS,)), DIRECTOR, london(2016, 6, 27))
    world = world.after(says("leavers"), CHIEF_EXECUTIVE, london(2016, 8, 1))
    world = world.after(ADOPTED, DIRECTOR, london(2016, 8, 15))
    assert stale_names(world, london(2016, 8, 16)) == []
    assert due_on(world) == date(2016, 9, 5)


def test_more_time_that_was_granted_is_not_lost_by_an_update(plan_adopted: World) -> None:
    extended = ExtensionGranted(
        date(2016, 7, 29), "The summer.", CASE_LEAD.id, "case-lead", (), london(2016, 7, 8)
    )
    world = plan_adopted.told([Draft(PLAN.stream, extended)])
    case = world.case(PLAN)
    moved = redate(
        world.notice, case.occurrence, date(2016, 7, 29), "extension", "granted", london(2016, 7, 8)
    )
    came = given(world.told(moved)).when(says("oversight"), DIRECTOR, at=london(2016, 7, 18))
    came.then(ProgressUpdated)
    assert due_on(came.world) == date(2016, 7, 29)
