"""Ending what runs on a state folder, from outside and without leaving anyone behind."""

import asyncio
import signal
import time
from collections.abc import Iterable

from forthwith.embedded.processes import ProcessMark
from forthwith.embedded.state import StateFolder

PATIENCE = 15.0
LEFTOVER_PATIENCE = 5.0
LOOK_EVERY = 0.05


async def stop_running(state: StateFolder) -> bool:
    """Ask the supervisor to stop and wait until all is gone; kill what remains after 15 seconds.

    Returns whether anything was running. A supervisor that is still starting is stopped as well.
    """
    marks = state.named_processes()
    alive = [mark for mark in marks.values() if mark.alive()]
    if not alive:
        state.running()
        return False
    supervisor = marks.get("supervisor")
    if supervisor is not None and supervisor.alive():
        supervisor.send(signal.SIGTERM)
        await _wait_until_gone(alive, PATIENCE)
    await _end(alive)
    # The killed supervisor could not take its note away, and its newer children stand in it.
    await end_leftovers(state)
    return True


async def end_leftovers(state: StateFolder) -> None:
    """End children whose supervisor was killed, and take the note away that named them."""
    await _end(state.leftovers().values())
    state.running()


async def _end(marks: Iterable[ProcessMark]) -> None:
    marks = list(marks)
    for number, patience in ((signal.SIGINT, LEFTOVER_PATIENCE), (signal.SIGKILL, PATIENCE)):
        for mark in marks:
            mark.send(number)
        if await _wait_until_gone(marks, patience):
            return


async def _wait_until_gone(marks: Iterable[ProcessMark], patience: float) -> bool:
    marks = list(marks)
    give_up = time.monotonic() + patience
    while any(mark.alive() for mark in marks):
        if time.monotonic() > give_up:
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True
