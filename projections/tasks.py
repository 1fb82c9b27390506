"""Whose turn is it, and what is asked of them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.time.zones import local_date
from projections.actions import Action, actions_for
from projections.case_tasks import CaseTask, tasks_in
from projections.casebook import Casebook
from projections.inbox import OpenTask, inbox, urgency_of_task
from projections.next_step import NextStep, next_step
from projections.urgency import MOST_URGENT_FIRST, Urgency
from projections.why_this_task import why_this_task
from projections.words import holders_in_words, occurrence_title, person_name, role_title


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One open task. `people`: who holds its roles today, each with the role; `roles` are titles.

    `actions`: what whoever asked can do, the first thing first; with `all_tasks`, what a holder of the role
    can do. `task` is the name of the `CaseTask`. `claimed_by` has taken it, and it is theirs alone. Instants are in
    UTC, `due_on` in the notice's zone.
    """

    occurrence: OccurrenceId
    task: str
    notice_title: str
    zone: str
    title: str
    clause: str
    why: str
    kind: str
    roles: tuple[str, ...]
    people: tuple[str, ...]
    opened: datetime
    due: datetime
    due_on: date
    urgency: Urgency
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    next_step: NextStep
    actions: tuple[Action, ...]
    claimed_by: str | None = None
    refused_by: str | None = None

    @property
    def to_do(self) -> Action:
        """What comes first; `keep-in-view` when there is nothing to sign."""
        return self.actions[0] if self.actions else "keep-in-view"


def tasks_of(casebook: Casebook, person: str, now: datetime) -> tuple[TaskRow, ...]:
    """The open tasks of one person under every notice, most urgent and soonest first."""
    return tuple(row_of(each, person, now) for each in inbox(casebook, person, now).tasks)


def row_of(task: OpenTask, person: str, now: datetime) -> TaskRow:
    """One open task, told."""
    return task_row(task.case, task.task, person, now)


def all_tasks(casebook: Casebook, notice: str, now: datetime) -> tuple[TaskRow, ...]:
    """The open tasks of everybody under one notice, in the same order. Raises NotFound."""
    return in_order(
        task_row(case, task, _holder(case, task, now), now) for case, task in _open(casebook, notice)
    )


def task_row(case: Case, task: CaseTask, person: str, now: datetime) -> TaskRow:
    notice, facts = case.notice, case.occurrence.facts
    given = task.acknowledged
    return TaskRow(
        occurrence=case.occurrence.id,
        task=task.id,
        notice_title=notice.terms.title,
        zone=notice.terms.zone,
        title=occurrence_title(notice, facts),
        clause=facts.clause,
        why=why_this_task(case, task),
        kind=facts.kind,
        roles=tuple(role_title(notice, role) for role in task.roles),
        people=_people(case, task, now),
        opened=task.opened,
        due=facts.due,
        due_on=facts.due_on,
        urgency=urgency_of_task(case, task, now),
        acknowledged_by=person_name(notice, given.by) if given else None,
        acknowledged_at=given.at if given else None,
        next_step=next_step(case, now),
        actions=actions_for(case, task, person, now),
        claimed_by=person_name(notice, task.claimed_by) if task.claimed_by else None,
        refused_by=person_name(notice, task.refused_by) if task.refused_by else None,
    )


def _people(case: Case, task: CaseTask, now: datetime) -> tuple[str, ...]:
    if task.claimed_by is not None:
        return (person_name(case.notice, task.claimed_by),)
    return holders_in_words(case.notice, task.roles, local_date(now, case.notice.terms.zone))


def _open(casebook: Casebook, notice: str) -> Iterable[tuple[Case, CaseTask]]:
    return ((case, task) for case in casebook.cases(notice) for task in tasks_in(case) if task.is_open)


def _holder(case: Case, task: CaseTask, now: datetime) -> str:
    if task.claimed_by is not None:
        return task.claimed_by
    today = local_date(now, case.notice.terms.zone)
    return next((person for role in task.roles for person in case.notice.holders(role, today)), "")


def in_order(rows: Iterable[TaskRow]) -> tuple[TaskRow, ...]:
    """The most urgent and the soonest first."""

    def order(row: TaskRow) -> tuple[int, datetime, OccurrenceId, datetime]:
        return MOST_URGENT_FIRST.index(row.urgency), row.due, row.occurrence, row.opened

    return tuple(sorted(rows, key=order))
