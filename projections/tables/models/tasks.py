"""Whose turn is it? Every task that an occurrence has given, with the roles whose holders may act."""

from collections.abc import Iterable

from domain.case import Case
from projections.case_tasks import tasks_in
from projections.tables.happened import Happened
from projections.tables.table import Change, Put, Table
from projections.why_this_task import why_this_task
from projections.words import occurrence_title

TASKS = Table(
    "tasks",
    (
        "occurrence", "task", "notice", "clause", "title", "why", "roles", "opened", "due", "is_open",
        "acknowledged_by", "acknowledged_at", "claimed_by", "refused_by",
    ),
    keys=2,
    listed=(6,),
)  # fmt: skip


class TasksOfEach:
    """The tasks of every occurrence. Who holds a role depends on the day, and is asked of the notice."""

    name, tables, needs_cases, settles = "tasks", (TASKS,), True, True

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:  # noqa: ARG002 - it follows from the state
        return ()

    def settle(self, case: Case) -> Iterable[Put]:
        notice, facts = case.notice, case.occurrence.facts
        name, title = str(case.occurrence.id), occurrence_title(notice, facts)
        for task in tasks_in(case):
            given = task.acknowledged
            yield Put(
                TASKS,
                (
                    name, task.id, facts.notice, facts.clause, title, why_this_task(case, task), task.roles, task.opened,
                    facts.due, task.is_open, given.by if given else None, given.at if given else None, task.claimed_by,
                    task.refused_by,
                ),
            )  # fmt: skip
