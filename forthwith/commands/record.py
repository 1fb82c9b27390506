"""`forthwith history`, `why`, `migrate`: what the record says, and preparing the database for it. No Temporal here."""

import asyncio
import os
from typing import Literal

from domain.identity import OccurrenceId
from domain.refusals import NotFound
from forthwith.commands.opening import UNREACHABLE, occurrence_named, the_world
from forthwith.exits import UsageFault
from forthwith.output import day_text, event_line, print_json, print_table, talk
from forthwith.settings import NothingRuns, Settings
from forthwith.store import prepare_store
from projections.casebook import Casebook
from projections.chronology import chronology
from projections.why import why_it_stands


def history(notice: str, *, order: Literal["oldest", "newest"] = "oldest", json: bool = False) -> None:
    """Tell what has happened under a notice, event by event.

    Parameters
    ----------
    notice
        The notice, for example lancashire-2016.
    order
        oldest or newest first.
    json
        Print one event a line.
    """
    asyncio.run(_history(notice, newest_first=order == "newest", json=json))


def why(occurrence: str, *, json: bool = False) -> None:
    """Say why an occurrence stands where it stands: a chain of sentences, each with its event.

    Parameters
    ----------
    occurrence
        notice/obligation/period, for example lancashire-2016/monthly-report/2016-09.
    json
        Print one JSON object a line.
    """
    asyncio.run(_why(occurrence_named(occurrence), json=json))


def migrate(*, application_password: str | None = None) -> None:
    """Bring the database of FORTHWITH_DATABASE_URL up to date, with its logins.

    Parameters
    ----------
    application_password
        The password that the application's login shall have; FORTHWITH_APPLICATION_PASSWORD, if left out.
    """
    url = Settings().database_url
    password = application_password or os.environ.get("FORTHWITH_APPLICATION_PASSWORD")
    if url is None or not password:
        raise UsageFault(
            "Name the owner's database in FORTHWITH_DATABASE_URL, and the password that the application's login "
            "shall have in FORTHWITH_APPLICATION_PASSWORD."
        )
    try:
        asyncio.run(prepare_store(url, password))
    except UNREACHABLE as fault:
        raise NothingRuns(f"The database of FORTHWITH_DATABASE_URL cannot be reached: {fault}.") from None
    talk.print("The database is up to date.")


async def _history(notice: str, *, newest_first: bool, json: bool) -> None:
    async with the_world() as world:
        book = await _caught_up(world.casebook, notice)
        zone = book.notice(notice).terms.zone
        if json:
            events = book.history(notice)
            for event in reversed(events) if newest_first else events:
                print_json(event_line(event.record))
            return
        told = chronology(book, notice, newest_first=newest_first, per_page=1_000_000)
        print_table(
            ("No.", "When", "What happened", "By"),
            ((str(row.index), day_text(row.effective, zone), row.sentence, row.actor) for row in told.rows),
        )


async def _why(name: OccurrenceId, *, json: bool) -> None:
    async with the_world() as world:
        book = await _caught_up(world.casebook, name.notice)
        chain = why_it_stands(book, name, world.clock.now())
        for link in chain if json else ():
            print_json({"kind": link.kind, "sentence": link.sentence, "event": link.index})
        if not json:
            print_table(("Because", "Event"), ((link.sentence, str(link.index or "")) for link in chain))


async def _caught_up(book: Casebook, notice: str) -> Casebook:
    await book.catch_up()
    known = [each.terms.id for each in book.notices()]
    if notice not in known:
        held = f"It holds {', '.join(known)}." if known else "It holds no notice yet."
        raise NotFound(f"There is no notice “{notice}” in the record. {held}")
    return book
