"""Saying that one has seen a task and that it is one's own; nothing is done by that."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.commands import AcknowledgeTask
from domain.events import owing
from domain.handing.tasks import acknowledged, role_for, task_roles
from domain.refusals import NotYourTask, TaskAlreadyAcknowledged, TaskClaimedByAnother, TaskNotOpen
from domain.who import moment_words, titles


def acknowledge(case: Case, command: AcknowledgeTask, by: Actor, now: datetime) -> Decision:
    occurrence, notice = case.occurrence, case.notice
    roles = task_roles(occurrence, command.task)
    if not roles:
        return TaskNotOpen(f"There is no open task “{command.task}” on {occurrence.facts.title}.")
    held = role_for(case, command.task, by, now)
    if held is None:
        return NotYourTask(
            f"This task belongs to {titles(notice, roles)}, and {notice.person_name(by.id)} does not hold that role today."
        )
    given = acknowledged(occurrence, command.task)
    if given is not None:
        return TaskAlreadyAcknowledged(
            f"{notice.person_name(given.by)} acknowledged this task on {moment_words(notice, given.at)}."
        )
    claimed_by = occurrence.claimed.get(command.task, by.id)
    if claimed_by != by.id:
        return TaskClaimedByAnother(f"{notice.person_name(claimed_by)} has taken this task.")
    told = receipt(case, f"acknowledged-{command.task}", by.id, held)
    event = owing.TaskAcknowledged(command.task, by.id, held, now, (told,))
    return (Draft(command.occurrence.stream, event),)
