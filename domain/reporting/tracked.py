"""What the plan's own record holds under each head from which a section of a report may be filled."""

from datetime import datetime

from domain.events.planning import Objective, PlanAction
from domain.notice.state import Notice
from domain.occurrence.plan import Plan
from domain.planning.tracking import outstanding, slow, stale
from domain.terms.obligations import Tracked
from domain.who import today


def on_record(
    head: Tracked, notice: Notice, plan: Plan, stale_after_days: int | None, at: datetime
) -> tuple[Objective, ...] | tuple[PlanAction, ...]:
    """Objectives or actions of the plan, as they stood on the day of that instant."""
    match head:
        case "progress":
            return plan.objectives
        case "slow-objectives":
            return slow(plan, notice, today(notice, at))
        case "outstanding-actions":
            return outstanding(plan, today(notice, at))
        case "stale-objectives":
            if stale_after_days is None:
                return ()
            return stale(plan, stale_after_days, at, notice.terms.zone)
