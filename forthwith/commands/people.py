"""`forthwith task` and `forthwith report`: what people do, from a terminal."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import cyclopts

from domain.actor import Actor
from domain.commands import AcceptReport, AcknowledgeTask, Command, SubmitReport
from domain.events.owing import SectionAnswered
from domain.refusals import NotFound, Refused
from domain.values import Term
from forthwith.commands.opening import must_exist, occurrence_named, the_world
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.output import column_for, date_text, local_text, print_json, print_table, receipt_line, talk
from forthwith.rehearsal.scenario import SectionText
from projections.casebook import Casebook
from projections.tasks import TaskRow, all_tasks, tasks_of

task = cyclopts.App(name="task", help="List tasks and acknowledge them.")
report = cyclopts.App(name="report", help="Submit a report, and accept it.")


class ReportFile(Term):
    """A report as a file: what it says in each section."""

    sections: tuple[SectionText, ...]


@task.command(name="list")
def list_tasks(*, person: str | None = None, json: bool = False) -> None:
    """List open tasks, the most urgent first.

    Parameters
    ----------
    person
        Only the tasks of this person.
    json
        Print one JSON object a line.
    """
    rows = asyncio.run(_tasks(person))
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


@task.command
def ack(
    occurrence: str,
    task: str = "owed",
    *,
    by: str,
    dry_run: bool = False,
    key: UUID | None = None,
    json: bool = False,
) -> None:
    """Acknowledge a task: you have seen it and it is yours. Nothing is done by that.

    Parameters
    ----------
    occurrence
        notice/obligation/period, for example lancashire-2016/monthly-report/2016-09.
    task
        owed, or the step that opened the task, for example director.
    by
        Your identifier, for example helen-marsh.
    dry_run
        Say whether it would be allowed, and change nothing.
    key
        Repeating a request with the same key answers with the first receipt.
    json
        Print the receipt as one JSON object.
    """
    command = AcknowledgeTask(occurrence_named(occurrence), task)
    _act(command, by, "Acknowledged.", dry_run=dry_run, key=key, json=json)


@report.command
def submit(
    occurrence: str,
    file: Path,
    *,
    by: str,
    dry_run: bool = False,
    key: UUID | None = None,
    json: bool = False,
) -> None:
    """Submit a report from a file with its sections.

    Parameters
    ----------
    occurrence
        notice/obligation/period, for example lancashire-2016/monthly-report/2016-09.
    file
        YAML with `sections`, each with `section` and `text`, or `nil: true` for an express “none”.
    by
        Your identifier, for example priya-nandra.
    dry_run
        Say whether it would be allowed, and change nothing.
    key
        Repeating a request with the same key answers with the first receipt.
    json
        Print the receipt as one JSON object.
    """
    content = read_model(must_exist(file), ReportFile, LIMIT_BYTES)
    sections = tuple(SectionAnswered(each.section, each.text, each.nil) for each in content.sections)
    command = SubmitReport(occurrence_named(occurrence), sections)
    _act(command, by, "Received.", dry_run=dry_run, key=key, json=json)


@report.command
def accept(
    occurrence: str, *, by: str, dry_run: bool = False, key: UUID | None = None, json: bool = False
) -> None:
    """Accept a report that was received.

    Parameters
    ----------
    occurrence
        notice/obligation/period, for example lancashire-2016/monthly-report/2016-08.
    by
        Your identifier, for example margaret-oduya.
    dry_run
        Say whether it would be allowed, and change nothing.
    key
        Repeating a request with the same key answers with the first receipt.
    json
        Print the receipt as one JSON object.
    """
    command = AcceptReport(occurrence_named(occurrence))
    _act(command, by, "Accepted.", dry_run=dry_run, key=key, json=json)


def _act(command: Command, by: str, done: str, *, dry_run: bool, key: UUID | None, json: bool) -> None:
    try:
        receipt = asyncio.run(_handle(command, by, key, dry_run=dry_run))
    except (NotFound, Refused) as fault:
        fault.add_note("What is open, and for whom, says `forthwith task list`.")
        raise
    if json:
        print_json({"allowed": True} if receipt is None else receipt)
    elif receipt is None:
        talk.print("It would be allowed. Nothing was changed.")
    else:
        talk.print(f"{done} Receipt: event {receipt['first_index']}, leaf {receipt['leaves'][0]}.")


async def _handle(command: Command, by: str, key: UUID | None, *, dry_run: bool) -> dict[str, Any] | None:
    """The receipt, or None when nothing was to be changed."""
    async with the_world() as world:
        if dry_run:
            await world.office.would(command, Actor("person", by))
            return None
        handled = await world.office.handle(command, Actor("person", by), key)
        assert handled.receipt is not None
        return receipt_line(handled.receipt)


async def _tasks(person: str | None) -> tuple[TaskRow, ...]:
    async with the_world() as world:
        book, now = world.casebook, world.clock.now()
        await book.catch_up()
        if person is not None:
            return tasks_of(book, _known(book, person), now)
        return tuple(row for notice in book.notices() for row in all_tasks(book, notice.terms.id, now))


def _known(book: Casebook, person: str) -> str:
    names = {each: name for notice in book.notices() for each, name in notice.names.items()}
    if person not in names:
        known = ", ".join(sorted(names)) or "nobody"
        raise NotFound(f"No notice names a person “{person}”. Those named are: {known}.")
    return person


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
