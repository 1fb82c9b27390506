"""What a person can do with a task today, as the domain would allow it."""

from datetime import datetime
from typing import Literal

from domain.actor import Actor
from domain.case import Case
from domain.four_eyes import is_the_same_hand
from domain.meeting.assessing import roles_that_may_assess
from domain.occurrence.owed import owed_on
from domain.occurrence.state import AGREEMENT, OWED
from domain.refusals import Refusal
from domain.reporting.versions import judging_role
from domain.terms.obligations import DiscretionaryPower, OnDemand
from domain.who import obligor_roles
from projections.case_tasks import (
    ACCEPTANCE,
    CONFIRMATION,
    EXTENSION,
    REPRESENTATIONS,
    SIGNATURE,
    CaseTask,
    held_role,
    is_theirs,
)

Action = Literal[
    "acknowledge",
    "submit",
    "plan-review",
    "notify-review",
    "record-review",
    "assess",
    "attest",
    "answer-request",
    "update-plan",
    "answer-concern",
    "consider",
    "accept",
    "confirm-items",
    "agree-party",
    "answer-query",
    "decide-extension",
    "represent",
    "sign-decision",
    "keep-in-view",
]
_DONE_AT_ONCE: dict[str, Action] = {
    AGREEMENT: "agree-party",
    CONFIRMATION: "confirm-items",
    EXTENSION: "decide-extension",
    REPRESENTATIONS: "represent",
    SIGNATURE: "sign-decision",
}


def actions_for(case: Case, task: CaseTask, person: str, now: datetime) -> tuple[Action, ...]:
    """What this person can do here today, the first thing first; nothing if the task is not theirs."""
    if not task.is_open or not is_theirs(case, task, person, now):
        return ()
    if task.id == ACCEPTANCE:
        return _if_four_eyes(case, task, person, now, "accept")
    if task.query is not None:
        return ("answer-query",)
    if task.id in _DONE_AT_ONCE and task.rung is None:
        return _if_four_eyes(case, task, person, now, _DONE_AT_ONCE[task.id])
    acknowledge: tuple[Action, ...] = () if task.acknowledged else ("acknowledge",)
    return (*acknowledge, *_ways_to_meet(case, task, person, now)) or ("keep-in-view",)


def _if_four_eyes(
    case: Case, task: CaseTask, person: str, now: datetime, action: Action
) -> tuple[Action, ...]:
    """Nobody judges what they did themselves; they may only look on."""
    return ("keep-in-view",) if _is_their_own(case, task, person, now) else (action,)


def _is_their_own(case: Case, task: CaseTask, person: str, now: datetime) -> bool:
    by, occurrence, considered = Actor("person", person), case.occurrence, case.occurrence.consideration
    role = held_role(case, task.roles, person, now) or ""
    if task.id == ACCEPTANCE:
        return isinstance(judging_role(case, by, now), Refusal)
    if task.id == AGREEMENT:
        return occurrence.facts.asked_by == person
    if task.id == EXTENSION and (asked := occurrence.extensions.asked) is not None:
        first = (asked.requested_by, asked.requested_as, asked.requested_at)
        return is_the_same_hand(case.notice, first, by, role, now)
    if task.id == SIGNATURE and considered is not None and (proposed := considered.proposed) is not None:
        first = (proposed.signed.person, proposed.signed.role, proposed.proposed_at)
        return is_the_same_hand(case.notice, first, by, role, now)
    return False


def _ways_to_meet(case: Case, task: CaseTask, person: str, now: datetime) -> tuple[Action, ...]:
    """The obligor’s people meet what is owed; whom the ladder or the notice asks for a judgement judges."""
    if case.occurrence.is_over:
        return ()
    given_to_them = task.id == OWED and task.claimed_by == person
    return tuple(
        action
        for action, roles in _meets(case)
        if given_to_them or held_role(case, roles, person, now) is not None
    )


def _meets(case: Case) -> tuple[tuple[Action, tuple[str, ...]], ...]:
    """Each act that meets what is owed here, or brings that about, and the roles whose it is."""
    facts, obligor = case.occurrence.facts, obligor_roles(case)
    match owed_on(facts):
        case "report" | "document":
            assess = (("assess", roles_that_may_assess(case)),) if facts.kind == "fixed-deadline" else ()
            return (("submit", obligor), *assess)
        case "review":
            return tuple((action, case.notice.roles_in(facts.obligor)) for action in _of_a_review(case))
        case "assessment":
            return (("assess", roles_that_may_assess(case)),)
        case "attestation":
            return (("attest", obligor),)
        case "plan":
            owners = tuple(each.owner for each in case.occurrence.plan.objectives)
            return (("update-plan", (*obligor, *owners)),)
        case "answer":
            return (("answer-request", obligor),)
        case "concern":
            return (("answer-concern", (facts.assignee,)),)
        case "consideration":
            return (("consider", _considering(case)),)
    return ()


def _of_a_review(case: Case) -> tuple[Action, ...]:
    review, obligation = case.occurrence.review, case.notice.obligation(case.occurrence.facts.obligation)
    if isinstance(obligation, OnDemand) and obligation.agreed_by and review.party is None:
        return ()
    if review.starts_on is None:
        return ("plan-review", "record-review")
    return ("record-review",) if review.notified else ("notify-review", "record-review")


def _considering(case: Case) -> tuple[str, ...]:
    power = case.notice.obligation(case.occurrence.facts.obligation)
    return (*power.considered_by, *power.signatories) if isinstance(power, DiscretionaryPower) else ()
