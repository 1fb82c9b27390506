"""`forthwith history`, `why`, `migrate`: what the record says, and preparing the database for it. No Temporal here."""

import asyncio
import os
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from domain.identity import OccurrenceId
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import UNREACHABLE, occurrence_named
from forthwith.commands.reading import issued, reading_notice, reading_occurrence
from forthwith.commands.words import LinesOfJson, NoticeName, OccurrenceName
from forthwith.exits import UsageFault
from forthwith.output import day_text, event_line, print_json, print_table, talk
from forthwith.settings import NothingRuns, Settings
from forthwith.store import prepare_store
from projections.chronology import history_row
from projections.sampling import sample, sample_in_words
from projections.why import why_it_stands


def history(
    notice: NoticeName,
    *,
    order: Annotated[Literal["oldest", "newest"], Parameter(help="oldest or newest first.")] = "oldest",
    sample: Annotated[
        int | None, Parameter(help="Draw that many events instead of telling all.", validator=Number(gte=1))
    ] = None,
    seed: Annotated[int, Parameter(help="Which drawing it is; the same seed draws the same events.")] = 0,
    when: When = NOW,
    json: Annotated[bool, Parameter(help="Print one event a line.")] = False,
) -> None:
    """Tell what has happened under a notice, event by event."""
    asyncio.run(_history(notice, when, newest_first=order == "newest", drawn=sample, seed=seed, json=json))


def why(occurrence: OccurrenceName, *, when: When = NOW, json: LinesOfJson = False) -> None:
    """Say why an occurrence stands where it stands: a chain of sentences, each with its event."""
    asyncio.run(_why(occurrence_named(occurrence), when, json=json))


def migrate(*, application_password: str | None = None, projector_password: str | None = None) -> None:
    """Bring the database of FORTHWITH_DATABASE_URL up to date, with its logins.

    The publisher gets one where FORTHWITH_PUBLISHER_PASSWORD is set.

    Parameters
    ----------
    application_password
        The password that the application's login shall have; FORTHWITH_APPLICATION_PASSWORD, if left out.
    projector_password
        The password that the login which keeps the read models shall have; FORTHWITH_PROJECTOR_PASSWORD, if left out.
        Without one it cannot log in, or keeps the one it has.
    """
    url = Settings().database_url
    password = application_password or os.environ.get("FORTHWITH_APPLICATION_PASSWORD")
    projector = projector_password or os.environ.get("FORTHWITH_PROJECTOR_PASSWORD") or None
    if url is None or not password:
        raise UsageFault(
            "Name the owner's database in FORTHWITH_DATABASE_URL, and the password that the application's login "
            "shall have in FORTHWITH_APPLICATION_PASSWORD."
        )
    try:
        publisher = os.environ.get("FORTHWITH_PUBLISHER_PASSWORD")
        asyncio.run(prepare_store(url, password, publisher_password=publisher, projector_password=projector))
    except UNREACHABLE as fault:
        raise NothingRuns(f"The database of FORTHWITH_DATABASE_URL cannot be reached: {fault}.") from None
    talk.print("The database is up to date.")


async def _history(
    notice: str, when: When, *, newest_first: bool, drawn: int | None, seed: int, json: bool
) -> None:
    async with reading_notice(notice, when) as read:
        book, zone = read.book, read.zone
        issued(book, notice)
        events = book.history(notice)
        chosen = events if drawn is None else sample(events, drawn, seed)
        if drawn is not None:
            talk.print(sample_in_words(len(chosen), len(events), seed), markup=False)
        ordered = chosen[::-1] if newest_first else chosen
        if json:
            for event in ordered:
                print_json(event_line(event.record))
            return
        rows = [history_row(book, event) for event in ordered]
        print_table(
            ("No.", "When", "What happened", "By"),
            ((str(row.index), day_text(row.effective, zone), row.sentence, row.actor) for row in rows),
        )


async def _why(name: OccurrenceId, when: When, *, json: bool) -> None:
    async with reading_occurrence(name, when) as read:
        issued(read.book, name.notice)
        chain = why_it_stands(read.book, name, read.now)
        for link in chain if json else ():
            print_json({"kind": link.kind, "sentence": link.sentence, "event": link.index})
        if not json:
            print_table(("Because", "Event"), ((link.sentence, str(link.index or "")) for link in chain))
