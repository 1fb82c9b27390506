"""Recording that an action of the plan was delivered, with what shows it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import DeliverAction
from domain.events.planning import ActionDelivered, PlanAction
from domain.planning.kept import fault_without_a_plan
from domain.refusals import (
    ActionAlreadyDelivered,
    ActionNotKnown,
    DateInTheFuture,
    NotInYourRole,
    ReasonMissing,
)
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import held_role, titles, today


def deliver(case: Case, command: DeliverAction, by: Actor, now: datetime) -> Decision:
    plan, notice = case.occurrence.plan, case.notice
    fault = fault_without_a_plan(case)
    if fault is not None:
        return fault
    action = plan.action(command.action)
    if action is None:
        return ActionNotKnown(f"The plan has no action “{command.action}”.")
    before = plan.delivered.get(action.id)
    if before is not None:
        return ActionAlreadyDelivered(
            f"“{action.title}” was delivered on {plain_date(before.delivered_on)} already."
        )
    roles = _owners(case, action)
    held = held_role(notice, by, (*roles, case.occurrence.facts.assignee), now)
    if held is None:
        return NotInYourRole(
            f"“{action.title}” is owned by {titles(notice, roles)}, who says that it was delivered."
        )
    if command.delivered_on > today(notice, now):
        return DateInTheFuture("An action can be recorded as delivered only once it has been.")
    evidence = tidy(command.evidence)
    if not evidence:
        return ReasonMissing("Say what shows that the action was delivered.")
    delivered = ActionDelivered(
        action.id, command.delivered_on, evidence, command.evidence_sha256, by.id, held, now
    )
    return (Draft(command.occurrence.stream, delivered),)


def _owners(case: Case, action: PlanAction) -> tuple[str, ...]:
    """Its own owner first, then that of its objective."""
    above = (each.owner for each in case.occurrence.plan.objectives if action in each.actions)
    return tuple(dict.fromkeys((action.owner, *above)))
