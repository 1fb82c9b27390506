"""What is slow, stale or outstanding in an improvement plan: reckoned from its record, never stated by anybody."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.events.planning import Objective, PlanAction
from domain.notice.state import Notice
from domain.occurrence.plan import Plan
from domain.time.zones import local_date


def slow(plan: Plan, notice: Notice, today: date) -> tuple[Objective, ...]:  # noqa: ARG001
    """Rated slow by its owner; or not complete, while an action under it is past its day."""
    late = outstanding(plan, today)
    return tuple(
        each
        for each in plan.objectives
        if plan.rating(each.id) == "slow"
        or (plan.rating(each.id) != "complete" and any(action in late for action in each.actions))
    )


def stale(plan: Plan, after_days: int, now: datetime, zone: str = "UTC") -> tuple[Objective, ...]:
    """Nothing was said of it for more than so many days, which are those of the zone."""
    last_fresh = local_date(now, zone) - timedelta(days=after_days)
    return tuple(each for each, said_at in _last_said(plan) if local_date(said_at, zone) < last_fresh)


def outstanding(plan: Plan, today: date) -> tuple[PlanAction, ...]:
    """Past their day, and not delivered."""
    return tuple(each for each in plan.actions if each.due_on < today and each.id not in plan.delivered)


def stale_on(plan: Plan, after_days: int, notice: Notice) -> date | None:
    """The last day on which everything is still up to date; None when nothing can go stale."""
    last_days = (
        local_date(said_at, notice.terms.zone) + timedelta(days=after_days) for _, said_at in _last_said(plan)
    )
    return min(last_days, default=None)


def _last_said(plan: Plan) -> Iterator[tuple[Objective, datetime]]:
    """The objectives that are not complete, and when something was last said of each.

    Its entry into the plan says something too, also when it comes back after it had been taken out.
    """
    for each in plan.objectives:
        if plan.rating(each.id) != "complete":
            update, entered = plan.updates.get(each.id), plan.first_seen[each.id]
            yield each, max(update.updated_at, entered) if update else entered
