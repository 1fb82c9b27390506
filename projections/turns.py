"""Letting others go on between two parts of a long piece of work."""

import asyncio

AT_ONCE = 64  # notices of which everything is known already: some milliseconds of work
_TURNS = 20


async def give_way() -> None:
    """Let everybody who is waiting take some steps.

    A page that asks the database needs dozens of turns of the loop. With one for each part of the work it would wait for
    all of that; a turn in which nobody has anything to do costs next to nothing.
    """
    for _ in range(_TURNS):
        await asyncio.sleep(0)
