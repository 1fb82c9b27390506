"""`forthwith task` and `forthwith report`: what people do, from a terminal."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import cyclopts

from domain.actor import Actor
from domain.commands import AcceptReport, AcknowledgeTask, OccurrenceCommand, SubmitReport
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.values import Term
from forthwith.exits import UsageFault
from forthwith.notice_files.yaml_model import read_model
from forthwith.output import day_text, local_text, print_json, print_table, receipt_line, talk
from forthwith.rehearsal.scenario import SectionText
from forthwith.settings import Settings, application_url
from forthwith.world import World, open_world
from projections.tasks import TaskRow, all_tasks, tasks_of

task = cyclopts.App(name="task", help="List tasks and acknowledge them.")
report = cyclopts.App(name="report", help="Submit a report, and accept it.")
LIMIT = 256 * 1024


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
    for row in rows if json else ():
        print_json(_task_line(row))
    if not json:
        print_table(
            ("Urgency", "Due", "What", "Clause", "To do", "Who", "Occurrence and task"),
            (
                (
                    row.urgency,
                    day_text(row.due, row.zone),
                    row.title,
                    row.clause,
                    row.to_do,
                    ", ".join(row.people),
                    f"{row.occurrence} {row.task}",
                )
                for row in rows
            ),
        )


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
    command = AcknowledgeTask(_occurrence(occurrence), task)
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
    content = read_model(file, ReportFile, LIMIT)
    sections = tuple(SectionAnswered(each.section, each.text, each.nil) for each in content.sections)
    _act(
        SubmitReport(_occurrence(occurrence), sections), by, "Received.", dry_run=dry_run, key=key, json=json
    )


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
    _act(AcceptReport(_occurrence(occurrence)), by, "Accepted.", dry_run=dry_run, key=key, json=json)


def _act(
    command: OccurrenceCommand, by: str, done: str, *, dry_run: bool, key: UUID | None, json: bool
) -> None:
    receipt = asyncio.run(_with_world(lambda world: _handle(world, command, by, key, dry_run=dry_run)))
    if receipt is None:
        talk.print("It would be allowed. Nothing was changed.")
    elif json:
        print_json(receipt)
    else:
        talk.print(f"{done} Receipt: event {receipt['first_index']}, leaf {receipt['leaves'][0]}.")


async def _handle(
    world: World, command: OccurrenceCommand, by: str, key: UUID | None, *, dry_run: bool
) -> dict[str, Any] | None:
    if dry_run:
        await world.office.would(command, Actor("person", by))
        return None
    handled = await world.office.handle(command, Actor("person", by), key)
    assert handled.receipt is not None
    return receipt_line(handled.receipt)


async def _tasks(person: str | None) -> tuple[TaskRow, ...]:
    async with open_world(application_url(Settings())) as world:
        book, now = world.casebook, world.clock.now()
        await book.catch_up()
        if person is not None:
            return tasks_of(book, person, now)
        return tuple(row for notice in book.notices() for row in all_tasks(book, notice.terms.id, now))


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


async def _with_world(work: Callable[[World], Awaitable[Any]]) -> Any:
    async with open_world(application_url(Settings())) as world:
        return await work(world)


def _occurrence(text: str) -> OccurrenceId:
    try:
        return OccurrenceId.parse(text)
    except ValueError as fault:
        raise UsageFault(str(fault)) from None
