"""The tasks that one occurrence has given to people, and what each lets them do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case import Case
from domain.occurrence.state import OWED, Acknowledgement, RungStanding
from domain.time.zones import local_date

ACCEPTANCE = "acceptance"
Action = Literal["acknowledge", "submit", "record-review", "assess", "accept", "keep-in-view"]
_MEETS: dict[str, Action] = {"recurring-report": "submit", "maximum-gap-review": "record-review"}


@dataclass(frozen=True, slots=True)
class CaseTask:
    """`id`: ``owed``, ``acceptance``, or the rung that opened it. A holder of any of the `roles` may act."""

    id: str
    roles: tuple[str, ...]
    opened: datetime
    is_open: bool
    acknowledged: Acknowledgement | None = None
    rung: RungStanding | None = None


def tasks_in(case: Case) -> tuple[CaseTask, ...]:
    """Every task the occurrence has opened so far, those that are over included."""
    given = (_raised(case, each) for each in case.occurrence.rungs if each.rung.opens_task)
    return tuple(task for task in (_owed(case), *given, _acceptance(case)) if task is not None)


def task_named(case: Case, task_id: str) -> CaseTask | None:
    return next((task for task in tasks_in(case) if task.id == task_id), None)


def held_role(case: Case, roles: tuple[str, ...], person: str, now: datetime) -> str | None:
    """The first of these roles that the person holds today."""
    held = case.notice.roles_of(person, local_date(now, case.notice.terms.zone))
    return next((role for role in roles if role in held), None)


def actions_for(case: Case, task: CaseTask, person: str, now: datetime) -> tuple[Action, ...]:
    """What this person can do here today, the first thing first; nothing if the task is not theirs."""
    if not task.is_open or held_role(case, task.roles, person, now) is None:
        return ()
    if task.id == ACCEPTANCE:
        return ("accept",)
    acknowledge: tuple[Action, ...] = () if task.acknowledged else ("acknowledge",)
    return (*acknowledge, *_ways_to_meet(case, person, now)) or ("keep-in-view",)


def _ways_to_meet(case: Case, person: str, now: datetime) -> tuple[Action, ...]:
    """As decided by the domain: the obligor’s people report and review; whom the ladder asks assesses."""
    facts = case.occurrence.facts
    if case.occurrence.is_met:
        return ()
    if facts.kind == "fixed-deadline":
        asked = tuple(
            role for each in case.occurrence.rungs if each.rung.do == "assess" for role in each.rung.to
        )
        return ("assess",) if held_role(case, asked, person, now) else ()
    meets = _MEETS.get(facts.kind)
    roles = case.notice.roles_in(facts.obligor)
    if facts.kind == "recurring-report":
        roles = (facts.assignee, *roles)
    return (meets,) if meets and held_role(case, roles, person, now) else ()


def _owed(case: Case) -> CaseTask:
    occurrence, facts = case.occurrence, case.occurrence.facts
    return CaseTask(OWED, (facts.assignee,), facts.opened_at, not occurrence.is_met, occurrence.acknowledged)


def _raised(case: Case, standing: RungStanding) -> CaseTask | None:
    """A referral stays open when the report comes after all: only those before whom it is can end it."""
    if standing.raised_at is None:
        return None
    is_open = standing.task_is_open and (standing.rung.do == "refer" or not case.occurrence.is_met)
    return CaseTask(
        standing.rung.id, standing.rung.to, standing.raised_at, is_open, standing.acknowledged, standing
    )


def _acceptance(case: Case) -> CaseTask | None:
    if not case.occurrence.submissions:
        return None
    last = case.occurrence.submissions[-1]
    roles = case.notice.accepting_roles(case.occurrence.facts.obligation)
    return CaseTask(ACCEPTANCE, roles, last.received_at, last.accepted is None)
