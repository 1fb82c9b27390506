"""A small improvement plan, as its own record holds it, for specifications of what reports say about it."""

from datetime import date, datetime

from domain.case import Draft
from domain.events.planning import (
    ActionDelivered,
    Objective,
    PlanAction,
    PlanAdopted,
    ProgressUpdated,
    Rating,
)
from tests.domain.people import occurrence
from tests.domain.specification import World, london

PLAN = occurrence("plan-kept-up-to-date", "plan")
ADOPTED_AT = london(2016, 5, 23, 10)

AUDIT = Objective(
    "audit",
    "Audit informs practice",
    "director",
    actions=(
        PlanAction("audit-tool", "One audit tool", "director", date(2016, 6, 8)),
        PlanAction("audit-cycle", "A yearly audit cycle", "reporting-officer", date(2016, 9, 30)),
    ),
)
LEAVERS = Objective(
    "leavers",
    "Care leavers have pathway plans",
    "reporting-officer",
    actions=(PlanAction("pathways", "Every pathway plan reviewed", "reporting-officer", date(2016, 12, 1)),),
)


def with_plan(world: World, at: datetime = ADOPTED_AT) -> World:
    adopted = PlanAdopted(1, (AUDIT, LEAVERS), (), (), "priya-nandra", "reporting-officer", at)
    return world.told((Draft(PLAN.stream, adopted),))


def rated(world: World, objective: str, rating: Rating, text: str, at: datetime) -> World:
    updated = ProgressUpdated(objective, rating, text, "helen-marsh", "director", at)
    return world.told((Draft(PLAN.stream, updated),))


def delivered(world: World, action: str, on: date, at: datetime) -> World:
    event = ActionDelivered(action, on, "Minutes of the board.", (), "helen-marsh", "director", at)
    return world.told((Draft(PLAN.stream, event),))
