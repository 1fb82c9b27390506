"""`forthwith notice people`: who acts under a notice, who stands in for whom, and what does not go together."""

import asyncio
from dataclasses import asdict
from datetime import date
from typing import Annotated

from cyclopts import Parameter

from domain.time.zones import local_date
from forthwith.commands.moments import NOW, When
from forthwith.commands.reading import issued, reading_terms
from forthwith.commands.words import Day, LinesOfJson, NoticeName
from forthwith.output import print_json, print_table
from projections.people import RoleRow, people


def show(
    notice: NoticeName,
    *,
    on: Annotated[Day | None, Parameter(help="The day; today, if left out.")] = None,
    when: When = NOW,
    json: LinesOfJson = False,
) -> None:
    """Show who holds each role on a day, who stands in for them, and what one person should not hold besides."""
    rows = asyncio.run(_rows(notice, on, when))
    if json:
        for row in rows:
            print_json(asdict(row))
        return
    print_table(
        ("Role", "Of", "Held by", "To be seen to"),
        (
            (f"{row.title}\n{row.role}", row.party, "\n".join(row.holders), _to_be_seen_to(row))
            for row in rows
        ),
    )


async def _rows(name: str, on: date | None, when: When) -> tuple[RoleRow, ...]:
    async with reading_terms(name, when) as read:
        return people(issued(read.book, name), on or local_date(read.now, read.zone))


def _to_be_seen_to(row: RoleRow) -> str:
    vacant = ("Nobody holds this role.",) if row.vacant else ()
    return "\n".join((*vacant, *row.conflicts, *row.stand_ins))
