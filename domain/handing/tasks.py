"""The tasks of an occurrence: whose they are, who has taken them on, and who has said so."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.events.handing import TaskReassigned
from domain.occurrence.state import OWED, Acknowledgement, Occurrence
from domain.refusals import NotYourTask, Refusal, TaskClaimedByAnother, TaskNotOpen
from domain.who import held_role, on_behalf_of, titles


def task_roles(occurrence: Occurrence, task: str) -> tuple[str, ...]:
    """In which roles a task may be taken on; none when there is no such open task."""
    if task == OWED:
        return () if occurrence.is_over else (occurrence.facts.assignee,)
    standing = occurrence.standing_of(task)
    if standing is None or not standing.task_is_open or (occurrence.is_over and standing.rung.do != "refer"):
        return ()
    return standing.rung.to


def not_open(case: Case, task: str) -> Refusal | None:
    if task_roles(case.occurrence, task):
        return None
    return TaskNotOpen(f"There is no open task “{task}” on {case.occurrence.facts.title}.")


def not_theirs(case: Case, task: str, by: Actor) -> Refusal:
    whose, name = titles(case.notice, task_roles(case.occurrence, task)), case.notice.person_name(by.id)
    return NotYourTask(f"This task belongs to {whose}, and {name} does not hold that role today.")


def roles_beside(case: Case, task: str) -> tuple[str, ...]:
    """The roles of a task, and all others of the same body."""
    roles = task_roles(case.occurrence, task)
    parties = dict.fromkeys(case.notice.role(role).party for role in roles)
    others = (role for party in parties for role in case.notice.roles_in(party))
    return tuple(dict.fromkeys((*roles, *others)))


def acknowledged(occurrence: Occurrence, task: str) -> Acknowledgement | None:
    if task == OWED:
        return occurrence.acknowledged
    standing = occurrence.standing_of(task)
    return standing.acknowledged if standing else None


def role_for(case: Case, task: str, by: Actor, now: datetime) -> str | None:
    """The role in which somebody may act on a task: one of its own, or, if it was given to them, theirs."""
    held = held_role(case.notice, by, task_roles(case.occurrence, task), now)
    if held is not None or not _was_given(case.occurrence, task, by.id):
        return held
    return held_role(case.notice, by, roles_beside(case, task), now)


def taken_by(case: Case, task: str, now: datetime) -> str | None:
    """Who has claimed a task or was given it, as long as they hold a role in which they can do it."""
    person = case.occurrence.claimed.get(task)
    if person is None or role_for(case, task, Actor("person", person), now) is None:
        return None
    return person


def taken_by_another(case: Case, task: str, by: Actor, held: str, now: datetime) -> Refusal | None:
    """Whoever stands in for the one who has a task has it too."""
    person = taken_by(case, task, now)
    if person in (None, by.id) or on_behalf_of(case.notice, by, held, now) == person:
        return None
    return TaskClaimedByAnother(
        f"{case.notice.person_name(person or '')} has taken this task; they can give it to somebody else."
    )


def _was_given(occurrence: Occurrence, task: str, person: str) -> bool:
    """Somebody put it into their hands, and it has not left them since."""
    given = [each for each in occurrence.history if isinstance(each, TaskReassigned) and each.task == task]
    return occurrence.claimed.get(task) == person and bool(given) and given[-1].to == person
