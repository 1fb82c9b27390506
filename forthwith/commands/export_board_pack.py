"""`forthwith export board-pack`: the papers of a board as at one moment, the same bytes as the desk gives."""

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from forthwith.commands.exporting import faults_in_words, write_new
from forthwith.commands.opening import notice_named, the_world
from forthwith.commands.words import NoticeName
from forthwith.exits import UsageFault
from forthwith.output import print_json, talk
from projections.board_pack.pack import BoardPack, Moment, board_pack, is_moment, moment_of
from projections.board_pack.page import pack_file
from projections.past.naming import last_instant


def board_pack_(
    notice: NoticeName,
    *,
    at: Annotated[str, Parameter(help="The day of the papers, or an instant, in the notice's zone.")],
    event: Annotated[
        int | None,
        Parameter(
            help="The last event that it takes into account, as a pack names it; the last recorded by then, if left out.",
            validator=Number(gte=1),
        ),
    ] = None,
    to: Annotated[Path, Parameter(help="Where it is written; nothing may be there yet.")],
    json: Annotated[bool, Parameter(help="Print one JSON object that says what was written.")] = False,
) -> None:
    """Write the papers of a board as at one moment, as one file that opens anywhere and prints.

    The same moment and event give the same bytes, here, at the desk, and from a bag: so whoever holds a pack can have it proved.
    """
    pack = asyncio.run(_pack(notice_named(notice), at, event))
    content = pack_file(pack)
    with faults_in_words():
        write_new(to, iter((content,)))
    digest = sha256(content).hexdigest()
    if json:
        print_json(
            {
                "to": str(to), "format": "board pack", "event": pack.moment.event, "bytes": len(content),
                "sha256": digest, "state": pack.digest,
            }
        )  # fmt: skip
    else:
        talk.print(f"The pack was written to {to} ({len(content):,} bytes, SHA-256 {digest}).", markup=False)


async def _pack(notice: str, at: str, event: int | None) -> BoardPack:
    """Raises NotFound, UnfitMoment, UsageFault."""
    async with the_world() as world:
        await world.casebook.catch_up()
        book = world.casebook
        instant = last_instant(at, book.notice(notice).terms.zone, world.clock.now(), "--at")
        moment = moment_of(book, instant) if event is None else Moment(instant, event)
        if event is not None and not is_moment(book, moment):
            raise UsageFault(
                f"Event {moment.event} is not the last that had been recorded by then, so that would be no pack of that moment."
            )
        return board_pack(book, notice, moment)
