"""`forthwith correction`: one person proposes what an event should have said, another approves, and both stay."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.commands import ApproveCorrection, Command, ProposeCorrection, RejectCorrection
from domain.events.correcting import EventCorrected
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from forthwith.commands.acting import Ask, act
from forthwith.commands.moments import NOW, When
from forthwith.commands.reading import issued, reading_notice
from forthwith.commands.words import LinesOfJson, Manner, NoticeName, Reason
from forthwith.output import print_json, print_table, talk
from forthwith.world import World
from projections.corrections import CorrectionRow, corrections

app = cyclopts.App(name="correction", help="Correct what the record says, without changing it.")

EventNumber = Annotated[
    int, Parameter(help="The event's number in the record, as `forthwith history` shows it.")
]


@app.command
def propose(
    notice: NoticeName,
    event: EventNumber,
    *,
    field: Annotated[str, Parameter(help="Which of its words is wrong, for example received_at.")],
    now: Annotated[str, Parameter(help="The right value, as the record would write it.")],
    reason: Reason,
    how: Manner,
) -> None:
    """Propose what an event should have said."""

    def make(of: OccurrenceId | None, version: int) -> Command:
        return ProposeCorrection(notice, version, field, now, reason, of)

    act(_about(notice, event, make), how, "Proposed.", moves_days=False)


@app.command
def approve(notice: NoticeName, event: EventNumber, *, how: Manner) -> None:
    """Approve a correction that another person proposed. What follows from the event then follows from it."""

    def make(of: OccurrenceId | None, version: int) -> Command:
        return ApproveCorrection(notice, version, of)

    act(_about(notice, event, make), how, "Corrected.", moves_days=True)


@app.command
def reject(notice: NoticeName, event: EventNumber, *, reason: Reason, how: Manner) -> None:
    """Reject a correction that was proposed."""

    def make(of: OccurrenceId | None, version: int) -> Command:
        return RejectCorrection(notice, version, reason, of)

    act(_about(notice, event, make), how, "Rejected.")


@app.command(name="list")
def list_corrections(notice: NoticeName, *, when: When = NOW, json: LinesOfJson = False) -> None:
    """List what has been corrected under a notice, and what is proposed."""
    rows = asyncio.run(_corrections(notice, when))
    for row in rows if json else ():
        print_json(_line(row))
    if json:
        return
    if not rows:
        talk.print("Nothing has been corrected, and nothing is proposed.")
        return
    print_table(
        ("Event", "Of", "Field", "Was", "Now", "Reason", "Standing"),
        (
            (
                str(row.event),
                str(row.occurrence or notice),
                row.about.field,
                row.about.was,
                row.about.now,
                row.about.reason,
                row.standing,
            )
            for row in rows
        ),
    )


def _about(notice: str, event: int, make: Callable[[OccurrenceId | None, int], Command]) -> Ask:
    """A command about an event that is named by its number in the whole record."""

    async def ask(world: World) -> Command:
        await world.casebook.catch_up()
        entry = world.casebook.event(event)
        if entry.record.envelope.notice != notice:
            raise NotFound(f"Event {event} is not of the notice “{notice}”.")
        return make(entry.occurrence, entry.record.version)

    return ask


async def _corrections(notice: str, when: When) -> list[CorrectionRow]:
    async with reading_notice(notice, when) as read:
        issued(read.book, notice)
        return list(corrections(read.book, notice))


def _line(row: CorrectionRow) -> dict[str, Any]:
    about = row.about
    return {
        "event": row.event,
        "occurrence": str(row.occurrence) if row.occurrence else None,
        "topic": about.topic,
        "field": about.field,
        "was": about.was,
        "now": about.now,
        "reason": about.reason,
        "proposed_by": about.proposed_by,
        "standing": row.standing,
        "approved_by": about.approved_by if isinstance(about, EventCorrected) else None,
    }
