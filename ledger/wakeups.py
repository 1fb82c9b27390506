"""Tells waiting parts that something was recorded, over one listening connection for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import asyncpg

from ledger import sql_files

CHANNEL = "forthwith"
ERASED = "erased"
_PAUSE = 0.2
LOOK_EVERY = 1.0


class Wakeup:
    """One waiter's bell: it rings when something may have been recorded, or a lost connection is back."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, or will."""
        self._event.set()

    def clear(self) -> None:
        """Call before looking: what is recorded after the look rings again."""
        self._event.clear()

    async def wait(self, seconds: float | None) -> None:
        """Return when it rings, or after `seconds`; None: not before it rings."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


class Bells:
    """All bells of one store."""

    def __init__(self) -> None:
        self._bells: set[Wakeup] = set()
        self.closed = False
        self.erasures = 0

    @contextmanager
    def bell(self) -> Iterator[Wakeup]:
        """A bell that is heard as long as it is held."""
        bell = self.hang()
        try:
            yield bell
        finally:
            self._bells.discard(bell)

    def hang(self) -> Wakeup:
        """A bell that is heard for good."""
        bell = Wakeup()
        self._bells.add(bell)
        return bell

    def ring_all(self, *_: object) -> None:
        """Something may have been recorded."""
        for bell in self._bells:
            bell.ring()

    def erased(self) -> None:
        """Something was erased: who keeps what they have read compares `erasures`, and reads it again."""
        self.erasures += 1

    def close(self) -> None:
        """Let everybody who waits look once more and see that it is over."""
        self.closed = True
        self.ring_all()


class Wakeups(Bells):
    """Bells rung from the database, over a listening connection that is made again after it was lost.

    A notification can get lost, so somebody has to look. One look a second at the head's row is made here for everybody:
    a thousand followers that look for themselves would ask a thousand times a second while nothing happens.
    """

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        super().__init__()
        self._connect = connect
        self._listening: asyncio.Task[None] | None = None

    def hang(self) -> Wakeup:
        """A bell that is heard for good; the first one starts the listening."""
        if self._listening is None and not self.closed:
            self._listening = asyncio.create_task(self._listen_for_ever(), name="ledger wake-ups")
        return super().hang()

    async def stop(self) -> None:
        """Stop listening and ring for the last time."""
        self.close()
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def _listen_for_ever(self) -> None:
        while True:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await self._listen_until_lost(await self._connect())
            await asyncio.sleep(_PAUSE)

    def _heard(self, _connection: object, _process: int, _channel: str, payload: object) -> None:
        if payload == ERASED:
            self.erased()
        self.ring_all()

    async def _listen_until_lost(self, connection: asyncpg.Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(CHANNEL, self._heard)
            # What was recorded or erased while nobody listened.
            self.erased()
            self.ring_all()
            size = None
            while not lost.is_set():
                before, size = size, await connection.fetchval(sql_files.query("head"))
                if before != size:
                    self.ring_all()
                with suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), LOOK_EVERY)
        finally:
            connection.terminate()
