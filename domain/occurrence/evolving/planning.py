"""The plan was adopted, moved on, and delivered piece by piece."""

from typing import Any

from domain.events import planning
from domain.occurrence.state import Occurrence
from domain.replaced import replaced as replace


def adopted(after: Occurrence, event: planning.PlanAdopted) -> Occurrence:
    """What was said of an objective that stays in the plan is kept."""
    seen = after.plan.first_seen
    first_seen = {each.id: seen.get(each.id, event.adopted_at) for each in event.objectives}
    plan = replace(after.plan, adopted=(*after.plan.adopted, event), first_seen=first_seen)
    return replace(after, plan=plan)


def updated(after: Occurrence, event: planning.ProgressUpdated) -> Occurrence:
    updates = {**after.plan.updates, event.objective: event}
    return replace(after, plan=replace(after.plan, updates=updates))


def delivered(after: Occurrence, event: planning.ActionDelivered) -> Occurrence:
    return replace(after, plan=replace(after.plan, delivered={**after.plan.delivered, event.action: event}))


EVOLVE: dict[type, Any] = {
    planning.PlanAdopted: adopted,
    planning.ProgressUpdated: updated,
    planning.ActionDelivered: delivered,
}
