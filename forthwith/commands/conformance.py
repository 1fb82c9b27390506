"""`forthwith conformance`: what happened, held against what the notice itself asks for."""

import asyncio
import sys

from forthwith.commands.opening import the_world
from forthwith.commands.words import AsJson, NoticeName
from forthwith.exits import Exit
from forthwith.output import print_json
from projections.exports.conformance.verdict import Conformance
from projections.exports.conformance.verdict import conformance as judge

_HEADINGS = {
    "late": "Late",
    "skipped": "Skipped",
    "out of order": "Out of order",
    "misdated": "Dated otherwise than the notice says",
}


def conformance(notice: NoticeName, *, json: AsJson = False) -> int:
    """Hold the actual history against the notice's own model: name what was late, skipped, or out of order.

    It is reckoned from the notice's terms, its calendar and the events, and not from the states that the engine keeps. Ends
    with 0 when the history conforms, and with 7 when something is found.
    """
    verdict = asyncio.run(_judged(notice))
    if json:
        print_json(verdict.document())
    else:
        _tell(verdict)
    return Exit.OK if verdict.conforms else Exit.FOUND_SOMETHING


async def _judged(notice: str) -> Conformance:
    async with the_world() as world:
        return judge(await world.ledger.read_by(notice), notice, world.clock.now())


def _tell(verdict: Conformance) -> None:
    fitness = verdict.fitness
    sys.stdout.write(
        f"{fitness.conforming} of {fitness.judged} occurrences conform ({fitness.share:.1%}), in {verdict.events:,} events.\n"
    )
    for kind, heading in _HEADINGS.items():
        found = [each for each in verdict.findings if each.kind == kind]
        if found:
            sys.stdout.write(f"\n{heading}\n")
        for each in found:
            sys.stdout.write(f"- {each.sentence}\n")
