"""Keeping one part alive: whatever ended by itself is started again after a short wait."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0
STEADY_AFTER = 30.0

log = logging.getLogger("forthwith.embedded")


class Part(Protocol):
    """A server or the engine, as the supervisor sees it."""

    name: str

    @property
    def pid(self) -> int | None: ...
    async def start(self) -> object: ...
    async def stop(self) -> None: ...
    async def ended(self) -> int: ...


async def keep(part: Part, after_restart: Callable[[], None]) -> None:
    """Watch a started part until cancelled; the wait doubles while it does not stay up."""
    wait = FIRST_WAIT
    up_since = time.monotonic()
    while True:
        code = await part.ended()
        if time.monotonic() - up_since > STEADY_AFTER:
            wait = FIRST_WAIT
        log.warning("%s ended with exit code %s; starting it again in %s s.", part.name, code, wait)
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)
        try:
            await part.start()
        except Exception as error:  # noqa: BLE001 (a keeper that ended here would leave its part down for ever)
            log.error("%s did not start again: %s", part.name, error)  # noqa: TRY400 (words, no traceback)
            continue
        up_since = time.monotonic()
        after_restart()
        log.warning("%s runs again, as process %s.", part.name, part.pid)
