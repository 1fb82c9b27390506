"""Where a plan is kept: on one occurrence of the obligation to keep it up to date."""

from domain.case import Case
from domain.notice.schedule import PLAN
from domain.refusals import PlanNotAdopted, Refusal, WrongKindOfObligation
from domain.terms.obligations import Continuing


def stale_after(case: Case) -> int | None:
    """After how many days without an update the plan is stale; None where no plan is kept."""
    obligation = case.notice.obligation(case.occurrence.id.obligation)
    if isinstance(obligation, Continuing) and case.occurrence.id.period == PLAN:
        return obligation.stale_after_days
    return None


def fault_without_a_plan(case: Case) -> Refusal | None:
    """No plan is kept here, or none has been adopted yet."""
    if stale_after(case) is None:
        return no_plan_is_kept(case)
    if not case.occurrence.plan.exists:
        return PlanNotAdopted("No version of the plan has been adopted yet. Adopt one first.")
    return None


def no_plan_is_kept(case: Case) -> Refusal:
    return WrongKindOfObligation(f"{case.occurrence.facts.title} does not keep a plan.")
