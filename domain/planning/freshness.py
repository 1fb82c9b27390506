"""The day on which the plan goes out of date moves on with every version and every update."""

from datetime import date, datetime, timedelta

from domain.case import Case, Decision, Draft
from domain.chasing.undoing import resolve_escalations
from domain.events.planning import PlanAdopted, ProgressUpdated
from domain.excusing.redating import redate
from domain.occurrence.fold import evolve
from domain.planning.kept import no_plan_is_kept, stale_after
from domain.planning.tracking import stale_on
from domain.who import today


def kept_fresh(case: Case, event: PlanAdopted | ProgressUpdated, reason: str, now: datetime) -> Decision:
    """The event, and the new day on which the plan goes out of date.

    While another objective is still out of date, the plan as a whole has been so since its first day: nothing moves.
    """
    after_days = stale_after(case)
    if after_days is None:
        return no_plan_is_kept(case)
    occurrence = case.occurrence
    first = Draft(occurrence.id.stream, event)
    after = case.notice, evolve(occurrence, event)
    due_on = _fresh_until(Case(*after), after_days, now)
    if due_on < today(case.notice, now):
        return (first,)
    was_stale = occurrence.facts.due < now
    over = resolve_escalations(occurrence, "the plan is up to date again.", now) if was_stale else ()
    return (first, *over, *redate(*after, due_on, "progress updated", reason, now))


def _fresh_until(case: Case, after_days: int, now: datetime) -> date:
    """An extension holds longer; a plan whose every objective is complete has nothing in it that can go out of date."""
    notice, occurrence = case.notice, case.occurrence
    until = stale_on(occurrence.plan, after_days, notice)
    if until is None:
        return max(notice.owed_until, today(notice, now) + timedelta(days=after_days))
    return max((until, *(each.until for each in occurrence.extensions.granted)))
