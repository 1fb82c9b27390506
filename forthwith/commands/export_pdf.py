"""`forthwith export pdf`: a sheet of paper as a file, the year of a notice or the sheet of a decision."""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from desk.paper.decision import decision_sheet
from desk.paper.installed import pdf_is_made
from desk.paper.printing import NotMadeError, as_pdf
from desk.paper.year import year_sheet
from domain.identity import OccurrenceId
from forthwith.commands.exporting import faults_in_words, write_new
from forthwith.commands.opening import notice_named, occurrence_named, the_world
from forthwith.commands.words import NoticeName
from forthwith.exits import UsageFault
from forthwith.output import print_json, talk
from forthwith.settings import Settings
from projections.consideration_page import consideration_page

NOBODY = ""  # a sheet offers nothing to do
NEEDS_EXTRA = "PDF files need an extra package: pip install 'forthwith[pdf]'."


def pdf(
    notice: NoticeName,
    *,
    decision: Annotated[
        str | None,
        Parameter(
            help="The consideration whose decision sheet it is, for example referral-power/1; else the year."
        ),
    ] = None,
    to: Annotated[Path, Parameter(help="Where it is written; nothing may be there yet.")],
    json: Annotated[bool, Parameter(help="Print one JSON object that says what was written.")] = False,
) -> None:
    """Write the year of a notice on one page, or the sheet of a decision, as an accessible PDF."""
    if not pdf_is_made():
        raise UsageFault(NEEDS_EXTRA)
    name = notice_named(notice)
    about = occurrence_named(f"{name}/{decision}") if decision else None
    asyncio.run(_pdf(name, about, to, json=json))


async def _pdf(notice: str, decision: OccurrenceId | None, to: Path, *, json: bool) -> None:
    async with the_world() as world:
        await world.casebook.catch_up()
        now, book = world.clock.now(), world.casebook
        kind = "decision" if decision else "year"
        facts = (
            decision_sheet(book, consideration_page(book, decision, NOBODY, now))
            if decision
            else {"sheet": year_sheet(book, notice, now)}
        )
    try:
        content = await as_pdf(kind, Settings().desk_url, **facts)
    except NotMadeError as fault:
        raise UsageFault(f"The PDF could not be made. {fault}") from None
    with faults_in_words():
        write_new(to, iter((content,)))
    if json:
        print_json({"to": str(to), "format": "PDF/UA-1", "sheet": kind, "bytes": len(content)})
    else:
        talk.print(f"The sheet was written to {to} ({len(content):,} bytes).", markup=False)
