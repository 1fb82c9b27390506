"""What somebody may do with a task besides doing it, as the domain would allow it today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from domain.actor import Actor
from domain.case import Case
from domain.commands import ClaimTask, Command, EscalateTask, ReassignTask, RefuseTask, RequestExtension
from domain.decide import decide
from domain.handing.tasks import roles_beside, taken_by, task_roles
from domain.notice.conflicts import conflicting
from domain.refusals import Refusal
from domain.terms.parties import Appointment
from domain.who import today
from projections.words import joined, person_name, role_title

OtherWay = Literal["claim", "extension", "delegate", "reassign", "refuse", "escalate"]
_SOME_REASON = "a reason"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to whom a task or a role could be given, with the titles of their roles.

    `conflict`: why it would be refused, where roles of theirs do not go with it.
    """

    person: str
    name: str
    roles: str
    conflict: str | None = None


def other_ways(case: Case, task: str, person: str, now: datetime) -> tuple[OtherWay, ...]:
    """Each is tried on the rules themselves, so that no page offers what would be refused at once."""
    by = Actor("person", person)
    tried: tuple[tuple[OtherWay, Command], ...] = (
        ("claim", ClaimTask(case.occurrence.id, task)),
        ("extension", RequestExtension(case.occurrence.id, _a_later_day(case, now), _SOME_REASON)),
        ("refuse", RefuseTask(case.occurrence.id, _SOME_REASON, task)),
        ("escalate", EscalateTask(case.occurrence.id, _SOME_REASON)),
    )
    allowed: list[OtherWay] = [way for way, command in tried if _comes_of(case, command, by, now)]
    if any(_comes_of(case, _given_to(case, task, each), by, now) for each in reassignable(case, task, now)):
        allowed.append("reassign")
    if own_roles(case, task, person, now):
        allowed.append("delegate")
    return tuple(allowed)


def reassignable(case: Case, task: str, now: datetime) -> tuple[Candidate, ...]:
    """Everybody of the same body who could be given the task; not whoever has it."""
    notice, day = case.notice, today(case.notice, now)
    beside = roles_beside(case, task)
    holders = dict.fromkeys(person for role in beside for person in notice.holders(role, day))
    having = taken_by(case, task, now)
    return tuple(_candidate(case, person, now) for person in holders if person != having)


def own_roles(case: Case, task: str, person: str, now: datetime) -> tuple[str, ...]:
    """The roles of the task that somebody holds themselves, and can therefore let somebody else act in."""
    day = today(case.notice, now)
    return tuple(
        role for role in task_roles(case.occurrence, task) if person in case.notice.appointed(role, day)
    )


def stand_ins(case: Case, role: str, person: str, now: datetime) -> tuple[Candidate, ...]:
    """Everybody else whom the notice knows, those last whose own roles do not go with it."""
    found = (
        _candidate(case, each, now, _conflict(case, role, each, now))
        for each in case.notice.names
        if each != person
    )
    return tuple(sorted(found, key=lambda each: (each.conflict is not None, each.name)))


def _conflict(case: Case, role: str, person: str, now: datetime) -> str | None:
    notice = case.notice
    others = conflicting(notice, Appointment(role=role, person=person, since=today(notice, now)))
    if not others:
        return None
    acts = joined([role_title(notice, each) for each in others])
    return f"Acts as {acts}, which conflicts with {role_title(notice, role)}."


def _candidate(case: Case, person: str, now: datetime, conflict: str | None = None) -> Candidate:
    held = case.notice.roles_of(person, today(case.notice, now))
    titles = joined([role_title(case.notice, each) for each in held]) or "No role today"
    return Candidate(person, person_name(case.notice, person), titles, conflict)


def _given_to(case: Case, task: str, to: Candidate) -> Command:
    return ReassignTask(case.occurrence.id, to.person, _SOME_REASON, task)


def _a_later_day(case: Case, now: datetime) -> date:
    return max(case.occurrence.facts.due_on, today(case.notice, now)) + timedelta(days=1)


def _comes_of(case: Case, command: Command, by: Actor, now: datetime) -> bool:
    decision = decide(case, command, by, now)
    return not isinstance(decision, Refusal) and bool(decision)
