"""`forthwith export ics`: the dates of a notice, or of a person, as a file for any calendar program."""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from desk.feeds.calendar_file import calendar_file
from desk.feeds.following import title_of
from domain.refusals import NotFound
from forthwith.commands.exporting import OneNotice, faults_in_words, write_new
from forthwith.commands.opening import notice_named, the_world
from forthwith.output import print_json, talk
from forthwith.settings import Settings
from projections.casebook import Casebook
from projections.due_dates import due_dates
from projections.seen_by import SeenBy


def ics(
    notice: OneNotice = None,
    *,
    person: Annotated[
        str | None,
        Parameter(help="Only what falls to this person, as they may see it, for example helen-marsh."),
    ] = None,
    to: Annotated[Path, Parameter(help="Where it is written; nothing may be there yet.")],
    json: Annotated[bool, Parameter(help="Print one JSON object that says what was written.")] = False,
) -> None:
    """Write the due dates as a calendar (RFC 5545); a newer file changes the same entries."""
    asyncio.run(_ics(notice_named(notice) if notice else None, person, to, json=json))


async def _ics(notice: str | None, person: str | None, to: Path, *, json: bool) -> None:
    async with the_world() as world:
        await world.casebook.catch_up()
        now, book = world.clock.now(), world.casebook
        if person is not None:
            _must_be_named(book, person)
            book = SeenBy(book, person, now)
        dates = due_dates(book, now, notice, person)
        content = calendar_file(title_of(book, notice), dates, Settings().desk_url)
    with faults_in_words():
        write_new(to, iter((content,)))
    if json:
        print_json({"to": str(to), "format": "iCalendar", "entries": len(dates), "bytes": len(content)})
    else:
        talk.print(f"{len(dates):,} dates were written to {to} ({len(content):,} bytes).", markup=False)


def _must_be_named(book: Casebook, person: str) -> None:
    if not any(person in notice.names for notice in book.notices()):
        raise NotFound(f"No notice in the record names a person “{person}”.")
