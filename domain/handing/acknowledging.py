"""Saying that one has seen a task and that it is one's own; nothing is done by that."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.commands import AcknowledgeTask
from domain.events import owing
from domain.handing.tasks import acknowledged, not_open, not_theirs, role_for, taken_by_another
from domain.occurrence.state import Occurrence
from domain.refusals import TaskAlreadyAcknowledged
from domain.who import moment_words


def acknowledge(case: Case, command: AcknowledgeTask, by: Actor, now: datetime) -> Decision:
    occurrence, notice = case.occurrence, case.notice
    fault = not_open(case, command.task)
    if fault is not None:
        return fault
    held = role_for(case, command.task, by, now)
    if held is None:
        return not_theirs(case, command.task, by)
    given = acknowledged(occurrence, command.task)
    if given is not None:
        return TaskAlreadyAcknowledged(
            f"{notice.person_name(given.by)} acknowledged this task on {moment_words(notice, given.at)}."
        )
    fault = taken_by_another(case, command.task, by, held, now)
    if fault is not None:
        return fault
    told = receipt(case, _act(occurrence, command.task), by.id, held)
    event = owing.TaskAcknowledged(command.task, by.id, held, now, (told,))
    return (Draft(command.occurrence.stream, event),)


def _act(occurrence: Occurrence, task: str) -> str:
    """Each time has a message of its own: a task comes back with its step, or is given to somebody else."""
    before = sum(
        isinstance(each, owing.TaskAcknowledged) and each.task == task for each in occurrence.history
    )
    return f"acknowledged-{task}~{before}" if before else f"acknowledged-{task}"
