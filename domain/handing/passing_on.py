"""Taking a task, giving it to somebody else, and saying that one will not do it."""

from collections.abc import Iterator
from datetime import datetime

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.commands import ClaimTask, ReassignTask, RefuseTask
from domain.events.chasing import Message
from domain.events.handing import TaskClaimed, TaskReassigned, TaskRefused
from domain.handing.tasks import not_open, not_theirs, role_for, roles_beside, taken_by, taken_by_another
from domain.handing.up_the_ladder import waiting_above
from domain.refusals import (
    NothingChanges,
    NotInYourRole,
    NotYourTask,
    PersonNotKnown,
    ReasonMissing,
    Refusal,
)
from domain.values import tidy
from domain.who import held_role, messages_to, titles


def claim(case: Case, command: ClaimTask, by: Actor, now: datetime) -> Decision:
    """Whoever has it already need not say so again."""
    task = command.task
    fault = not_open(case, task)
    if fault is not None:
        return fault
    held = role_for(case, task, by, now)
    if held is None:
        return not_theirs(case, task, by)
    fault = taken_by_another(case, task, by, held, now)
    if fault is not None:
        return fault
    if taken_by(case, task, now) == by.id:
        return NOTHING
    return (Draft(command.occurrence.stream, TaskClaimed(task, by.id, held, now)),)


def reassign(case: Case, command: ReassignTask, by: Actor, now: datetime) -> Decision:
    """Within one body, by anybody of it. Whoever is given it is told, and has to acknowledge it themselves."""
    task, notice = command.task, case.notice
    fault = not_open(case, task)
    if fault is not None:
        return fault
    held = held_role(notice, by, roles_beside(case, task), now)
    if held is None:
        whose = titles(notice, roles_beside(case, task))
        return NotYourTask(f"This task can be given to somebody else by {whose}.")
    fault = _cannot_be_given(case, command, now)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why somebody else is to do it: they are told.")
    theirs = held_role(notice, Actor("person", command.to), roles_beside(case, task), now)
    told = receipt(case, f"given-{task}-{_number(case, TaskReassigned)}", command.to, theirs or held)
    given = TaskReassigned(task, command.to, reason, by.id, held, (told,), now)
    return (Draft(command.occurrence.stream, given),)


def refuse(case: Case, command: RefuseTask, by: Actor, now: datetime) -> Decision:
    """It stays open, and belongs to whoever will take it. The next in line is told."""
    task = command.task
    fault = not_open(case, task)
    if fault is not None:
        return fault
    held = role_for(case, task, by, now)
    if held is None:
        return not_theirs(case, task, by)
    fault = taken_by_another(case, task, by, held, now)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why you will not do it: the next in line is told.")
    refused = TaskRefused(task, reason, by.id, held, _next_in_line(case, task, by, now), now)
    return (Draft(command.occurrence.stream, refused),)


def _cannot_be_given(case: Case, command: ReassignTask, now: datetime) -> Refusal | None:
    notice, name = case.notice, case.notice.person_name(command.to)
    if command.to not in notice.names:
        return PersonNotKnown(
            f"“{command.to}” is not known to this notice; appoint them to a role of it first."
        )
    beside = roles_beside(case, command.task)
    if held_role(notice, Actor("person", command.to), beside, now) is None:
        parties = dict.fromkeys(notice.party_name(notice.role(role).party) for role in beside)
        return NotInYourRole(
            f"{name} holds no role of {' or '.join(parties)} today, and the task can go to nobody else."
        )
    if taken_by(case, command.task, now) == command.to:
        return NothingChanges(f"{name} has this task already.")
    return None


def _next_in_line(case: Case, task: str, by: Actor, now: datetime) -> tuple[Message, ...]:
    """The first of those further up who are there to be told, other than the one who refuses."""
    act = f"refused-{task}-{_number(case, TaskRefused)}"
    for roles in _further_up(case, task):
        told = messages_to(case, act, roles, now, but=(by.id,))
        if told:
            return told
    return ()


def _further_up(case: Case, task: str) -> Iterator[tuple[str, ...]]:
    """A matter that was referred does not go back to those to whom something was owed."""
    standing = case.occurrence.standing_of(task)
    if standing is None or standing.rung.do != "refer":
        yield from (each.rung.to for each in waiting_above(case.occurrence, task))
        yield case.notice.accepting_roles(case.occurrence.facts.obligation)
    yield case.notice.keeping_roles


def _number(case: Case, kind: type) -> int:
    """Each time has messages of its own."""
    return sum(isinstance(each, kind) for each in case.occurrence.history) + 1
