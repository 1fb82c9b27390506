"""Saying where an objective stands. Its owner says so, or whoever keeps the plan."""

from datetime import datetime
from typing import get_args

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import UpdateProgress
from domain.events.planning import ProgressUpdated, Rating
from domain.planning.freshness import kept_fresh
from domain.planning.kept import fault_without_a_plan
from domain.refusals import NotInYourRole, ObjectiveNotKnown, ReasonMissing, ValueNotFitting
from domain.values import tidy
from domain.who import held_role, titles

RATINGS: tuple[str, ...] = get_args(Rating)


def update(case: Case, command: UpdateProgress, by: Actor, now: datetime) -> Decision:
    occurrence, notice = case.occurrence, case.notice
    fault = fault_without_a_plan(case)
    if fault is not None:
        return fault
    objective = occurrence.plan.objective(command.objective)
    if objective is None:
        known = ", ".join(each.id for each in occurrence.plan.objectives)
        return ObjectiveNotKnown(
            f"The plan has no objective “{command.objective}”; its objectives are {known}."
        )
    held = held_role(notice, by, (objective.owner, occurrence.facts.assignee), now)
    if held is None:
        owner = titles(notice, (objective.owner,))
        return NotInYourRole(f"“{objective.title}” is owned by {owner}, who says where it stands.")
    if command.rating not in RATINGS:
        return ValueNotFitting(f"“{command.rating}” is not a rating; use one of {', '.join(RATINGS)}.")
    text = tidy(command.text)
    if not text:
        return ReasonMissing("Say in a few words where the objective stands; a rating alone shows nothing.")
    updated = ProgressUpdated(objective.id, command.rating, text, by.id, held, now)
    return kept_fresh(case, updated, f"“{objective.title}” was updated.", now)
