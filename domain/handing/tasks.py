"""The tasks of an occurrence: whose they are, and who has said so."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.occurrence.state import OWED, Acknowledgement, Occurrence
from domain.who import held_role


def task_roles(occurrence: Occurrence, task: str) -> tuple[str, ...]:
    """In which roles a task may be taken on; none when there is no such open task."""
    if task == OWED:
        return () if occurrence.is_over else (occurrence.facts.assignee,)
    standing = occurrence.standing_of(task)
    if standing is None or not standing.task_is_open or (occurrence.is_over and standing.rung.do != "refer"):
        return ()
    return standing.rung.to


def acknowledged(occurrence: Occurrence, task: str) -> Acknowledgement | None:
    if task == OWED:
        return occurrence.acknowledged
    standing = occurrence.standing_of(task)
    return standing.acknowledged if standing else None


def role_for(case: Case, task: str, by: Actor, now: datetime) -> str | None:
    """The role in which somebody may act on a task: one of its own, or, if it was given to them, the first of its own."""
    roles = task_roles(case.occurrence, task)
    if case.occurrence.claimed.get(task) == by.id and roles:
        return held_role(case.notice, by, roles, now) or roles[0]
    return held_role(case.notice, by, roles, now)
