"""`forthwith task`: whose turn it is, and what they may do with a task besides doing it."""

import asyncio
from collections.abc import Iterable
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.commands import (
    AcknowledgeTask,
    ClaimTask,
    DelegateRole,
    EscalateTask,
    ReassignTask,
    RefuseTask,
    WithdrawRung,
)
from domain.refusals import NotFound
from forthwith.commands.acting import act
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import occurrence_named
from forthwith.commands.reading import Reading, reading_all
from forthwith.commands.words import (
    Day,
    LinesOfJson,
    Manner,
    NoticeName,
    OccurrenceName,
    PersonName,
    Reason,
    RoleName,
    TaskName,
)
from forthwith.output import column_for, date_text, local_text, print_json, print_table, talk
from projections.tasks import TaskRow, all_tasks, in_order, tasks_of

app = cyclopts.App(name="task", help="List tasks, acknowledge them, hand them on.")


@app.command(name="list")
def list_tasks(
    *,
    person: Annotated[str | None, Parameter(help="Only the tasks of this person.")] = None,
    when: When = NOW,
    json: LinesOfJson = False,
) -> None:
    """List open tasks, the most urgent first."""
    rows = asyncio.run(_tasks(person, when))
    if json:
        for row in rows:
            print_json(_task_line(row))
    elif rows:
        print_table(
            ("Due", column_for("What, and its name for `task ack`", map(_name, rows)), "To do", "Who"),
            (_task_row(row) for row in rows),
        )
    else:
        talk.print("No task is open.")


@app.command
def ack(occurrence: OccurrenceName, task: TaskName = "owed", *, how: Manner) -> None:
    """Acknowledge a task: you have seen it and it is yours. Nothing is done by that."""
    act(AcknowledgeTask(occurrence_named(occurrence), task), how, "Acknowledged.")


@app.command
def claim(occurrence: OccurrenceName, task: TaskName = "owed", *, how: Manner) -> None:
    """Take a task that several people could do."""
    act(ClaimTask(occurrence_named(occurrence), task), how, "It is yours.")


@app.command
def delegate(
    notice: NoticeName,
    role: RoleName,
    to: PersonName,
    *,
    since: Annotated[Day, Parameter(help="The first day.")],
    until: Annotated[Day, Parameter(help="The last day.")],
    reason: Reason,
    how: Manner,
) -> None:
    """Let somebody else act in your role on some days, as in an absence."""
    act(DelegateRole(notice, role, to, since, until, reason), how, "Delegated.")


@app.command
def reassign(
    occurrence: OccurrenceName, to: PersonName, task: TaskName = "owed", *, reason: Reason, how: Manner
) -> None:
    """Give a task to another person of the same body."""
    act(ReassignTask(occurrence_named(occurrence), to, reason, task), how, "Reassigned.")


@app.command
def refuse(occurrence: OccurrenceName, task: TaskName = "owed", *, reason: Reason, how: Manner) -> None:
    """Say that you will not do a task, and why. The next in line is told."""
    act(RefuseTask(occurrence_named(occurrence), reason, task), how, "Refused.")


@app.command
def escalate(occurrence: OccurrenceName, *, reason: Reason, how: Manner) -> None:
    """Bring it to the next in line now, before its day has come."""
    act(EscalateTask(occurrence_named(occurrence), reason), how, "Escalated.")


@app.command
def withdraw(
    occurrence: OccurrenceName,
    rung: Annotated[str, Parameter(help="The step that was raised in error, for example director.")],
    *,
    reason: Reason,
    how: Manner,
) -> None:
    """Take back a step of the ladder that was raised in error. Those who were told are told."""
    act(WithdrawRung(occurrence_named(occurrence), rung, reason), how, "Withdrawn.")


async def _tasks(person: str | None, when: When) -> tuple[TaskRow, ...]:
    async with reading_all(when) as found:
        if person is not None:
            _require_known(found, person)
        return in_order(row for read in found for row in _tasks_in(read, person))


def _tasks_in(read: Reading, person: str | None) -> tuple[TaskRow, ...]:
    if person is not None:
        return tasks_of(read.book, person, read.now)
    return tuple(row for each in read.book.notices() for row in all_tasks(read.book, each.terms.id, read.now))


def _require_known(found: Iterable[Reading], person: str) -> None:
    names = {name for read in found for notice in read.book.notices() for name in notice.names}
    if person not in names:
        known = ", ".join(sorted(names)) or "nobody"
        raise NotFound(f"No notice names a person “{person}”. Those named are: {known}.")


def _task_row(row: TaskRow) -> tuple[str, ...]:
    return (
        f"{date_text(row.due, row.zone)}\n{row.urgency}",
        f"{row.title} (clause {row.clause})\n{_name(row)}",
        row.to_do,
        "\n".join(row.people),
    )


def _name(row: TaskRow) -> str:
    return f"{row.occurrence} {row.task}"


def _task_line(row: TaskRow) -> dict[str, Any]:
    return {
        "occurrence": str(row.occurrence),
        "task": row.task,
        "title": row.title,
        "clause": row.clause,
        "urgency": row.urgency,
        "due": local_text(row.due, row.zone),
        "acknowledged_by": row.acknowledged_by,
        "to_do": row.to_do,
        "people": list(row.people),
        "why": row.why,
    }
