"""`forthwith diff`: what is different between two moments."""

import asyncio
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from domain.refusals import NotFound
from domain.values import write_instant
from forthwith.commands.moments import NOW, When, moments_of
from forthwith.commands.opening import the_world
from forthwith.commands.reading import Reading, read_notice_at
from forthwith.commands.words import LinesOfJson, NoticeName
from forthwith.exits import UsageFault
from forthwith.output import day_text, print_json, print_table, talk
from projections.differences import Difference, View, differences
from projections.past.moments import EVERYTHING

_MOMENT = "an event's number, a day, or an instant"


def diff(
    notice: NoticeName,
    since: Annotated[str, Parameter(name="FROM", help=f"The earlier moment: {_MOMENT}.")],
    until: Annotated[str, Parameter(name="TO", help=f"The later moment: {_MOMENT}.")],
    *,
    known: Annotated[
        bool, Parameter(help="Compare what was known on the two days, and not what was so on them.")
    ] = False,
    json: LinesOfJson = False,
) -> None:
    """Tell what opened, fell overdue, came, went up the ladder, was decided or corrected, and which days moved."""
    found, zone = asyncio.run(_differences(notice, since, until, known=known))
    if json:
        for each in found:
            print_json(_line(each))
    elif found:
        print_table(
            ("When", "What", "In words", "Event"),
            ((day_text(each.at, zone), each.what, each.sentence, str(each.event or "")) for each in found),
        )
    else:
        talk.print("Nothing is different.")


async def _differences(
    notice: str, since: str, until: str, *, known: bool
) -> tuple[tuple[Difference, ...], str]:
    async with the_world() as world:
        size = (await world.ledger.head()).size
        read = await read_notice_at(world, notice, NOW)
    before, after = (_view(read, each, size, known=known) for each in (since, until))
    if before.now > after.now:
        raise UsageFault(f"“{since}” comes after “{until}”; the earlier moment is named first.")
    return differences(before, after, notice), read.zone


def _view(read: Reading, text: str, size: int, *, known: bool) -> View:
    if text.isdecimal():
        return _at_event(read, int(text), size)
    when = When(known_at=text) if known else When(as_at=text)
    moments = moments_of(when, read.zone, read.now)
    return View(read.whole.as_of(moments), moments.as_at)


def _at_event(read: Reading, number: int, size: int) -> View:
    if number > size:
        raise NotFound(f"The record holds no event {number}; its last is {size}.")
    book = read.whole.as_of(EVERYTHING, number)
    notices = book.notices()
    own = book.history(notices[0].terms.id) if notices else ()
    return View(book, own[-1].recorded if own else datetime.min.replace(tzinfo=UTC))


def _line(each: Difference) -> dict[str, Any]:
    return {
        **asdict(each),
        "occurrence": str(each.occurrence) if each.occurrence else None,
        "at": write_instant(each.at),
    }
