"""`forthwith occurrence list | show | messages`: what is owed, where each stands, and who was told."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from cyclopts import Parameter

from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.time.words import plain_date
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import occurrence_named
from forthwith.commands.reading import issued, reading_notice, reading_occurrence
from forthwith.commands.words import AsJson, LinesOfJson, NoticeName, OccurrenceName
from forthwith.output import column_for, day_text, print_json, print_table, talk
from projections.deliveries import MessageRow, deliveries
from projections.occurrence_sheet import OccurrenceRow, OccurrenceSheet, occurrence_rows, occurrence_sheet
from projections.state.spelling import plain


def list_occurrences(
    notice: NoticeName,
    *,
    obligation: Annotated[str | None, Parameter(help="Only those of this obligation.")] = None,
    when: When = NOW,
    json: LinesOfJson = False,
) -> None:
    """List everything that has opened under a notice, and where it stands."""
    rows = asyncio.run(_rows(notice, obligation, when))
    if json:
        for row in rows:
            print_json(plain(row))
    elif rows:
        names = column_for("Occurrence", (str(row.occurrence) for row in rows))
        print_table(
            ("Due", names, "What", "Standing"),
            ((plain_date(row.due_on), str(row.occurrence), row.title, _stands(row)) for row in rows),
        )
    else:
        talk.print("Nothing has opened.")


def show(occurrence: OccurrenceName, *, when: When = NOW, json: AsJson = False) -> None:
    """Show one occurrence: its days, what came of it, its ladder, and what happens next."""
    sheet, zone = asyncio.run(_sheet(occurrence_named(occurrence), when))
    if json:
        row, rest = plain(sheet.row), plain(sheet)
        print_json({**row, **{key: value for key, value in rest.items() if key != "row"}})
        return
    print_table(("", ""), _facts(sheet, zone))
    sys.stdout.write("\n")
    print_table(
        ("Step", "When", "Standing", "Whom"),
        ((each.name, _when(each.when, zone), each.status, "\n".join(each.to)) for each in sheet.ladder),
    )


def messages(occurrence: OccurrenceName, *, when: When = NOW, json: LinesOfJson = False) -> None:
    """List the messages that an occurrence called for, and what became of each."""
    rows, zone = asyncio.run(_messages(occurrence_named(occurrence), when))
    if json:
        for row in rows:
            print_json(plain(row))
    elif rows:
        print_table(
            ("Called for", "To", "Because of", "Event", "What became of it"),
            (
                (day_text(row.called_for, zone), row.name, row.about, str(row.index), _became(row, zone))
                for row in rows
            ),
        )
    else:
        talk.print("Nobody had to be told anything.")


async def _rows(notice: str, obligation: str | None, when: When) -> tuple[OccurrenceRow, ...]:
    async with reading_notice(notice, when) as read:
        terms = issued(read.book, notice)
        if obligation is not None and terms.find_obligation(obligation) is None:
            raise NotFound(f"The notice “{notice}” has no obligation “{obligation}”.")
        return occurrence_rows(read.book, notice, read.now, obligation)


async def _sheet(name: OccurrenceId, when: When) -> tuple[OccurrenceSheet, str]:
    async with reading_occurrence(name, when) as read:
        return occurrence_sheet(read.book.case(name), read.now), read.zone


async def _messages(name: OccurrenceId, when: When) -> tuple[tuple[MessageRow, ...], str]:
    async with reading_occurrence(name, when) as read:
        return deliveries(read.book.case(name), read.book.history(name)), read.zone


def _facts(sheet: OccurrenceSheet, zone: str) -> Iterator[tuple[str, str]]:
    row = sheet.row
    yield "What", f"{row.title} (clause {row.clause})"
    yield "Owed", f"by {row.obligor}, to {sheet.obligee}"
    first = (
        "" if row.first_due_on == row.due_on else f"; at first by the end of {plain_date(row.first_due_on)}"
    )
    yield "Due", f"by the end of {plain_date(row.due_on)}{first}"
    yield "Standing", _stands(row)
    yield "Acknowledged", f"by {sheet.acknowledged_by}" if sheet.acknowledged_by else "by nobody"
    for each in sheet.submissions:
        judged = f"; accepted by {each.accepted_by}" if each.accepted_by else ""
        judged = f"; returned: {each.returned}" if each.returned else judged
        lacks = f"; lacks {', '.join(each.missing)}" if each.missing else ""
        received = day_text(each.received_at, zone)
        yield f"Version {each.version}", f"received from {each.by} on {received}{lacks}{judged}"
    for until in sheet.extensions:
        yield "Extended", f"until {plain_date(until)}"
    if sheet.asked_until:
        yield "More time", f"asked for until {plain_date(sheet.asked_until)}"
    if sheet.stopped:
        yield "Clock", f"stopped from {plain_date(sheet.stopped)} on"
    if sheet.review[0] and sheet.review[1]:
        yield "Planned", f"for {plain_date(sheet.review[0])} to {plain_date(sheet.review[1])}"
    if sheet.review[2]:
        yield "Held", f"on {plain_date(sheet.review[2])}"
    yield "Next", sheet.next_step


def _stands(row: OccurrenceRow) -> str:
    return f"{row.standing}, late" if row.late else row.standing


def _when(instant: datetime | None, zone: str) -> str:
    return day_text(instant, zone) if instant else ""


def _became(row: MessageRow, zone: str) -> str:
    settled = f" on {day_text(row.settled_at, zone)}" if row.settled_at else ""
    return f"{row.delivery}{settled}{f': {row.fault}' if row.fault else ''}"
