"""Tells waiting parts that something was recorded, over one listening connection for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import asyncpg

from ledger import sql_files

CHANNEL = "forthwith"
ERASED = "erased"
LOOK_EVERY = 1.0  # seconds, as the next
_PAUSE_AFTER_A_LOSS = 0.2


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
        self._stirred, self._has_looked = asyncio.Event(), asyncio.Event()
        self._erased_so_far: int | None = None

    def hang(self) -> Wakeup:
        """A bell that is heard for good; the first one starts the listening."""
        self._begin()
        return super().hang()

    async def listen(self, seconds: float) -> None:
        """Return when it is known what has been erased so far, or after `seconds`.

        Who has read before that has to read everything again, because something may have been erased in between.
        """
        self._begin()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._has_looked.wait(), seconds)

    async def stop(self) -> None:
        """Stop listening and ring for the last time."""
        self.close()
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    def _begin(self) -> None:
        if self._listening is None and not self.closed:
            self._listening = asyncio.create_task(self._listen_for_ever(), name="ledger wake-ups")

    async def _listen_for_ever(self) -> None:
        while True:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await self._listen_until_lost(await self._connect())
            await asyncio.sleep(_PAUSE_AFTER_A_LOSS)

    def _heard(self, _connection: object, _process: int, _channel: str, payload: object) -> None:
        if payload == ERASED:
            self._stirred.set()
        else:
            self.ring_all()

    async def _listen_until_lost(self, connection: asyncpg.Connection) -> None:
        connection.add_termination_listener(lambda _: self._stirred.set())
        try:
            await connection.add_listener(CHANNEL, self._heard)
            seen = None
            while not connection.is_closed():
                self._stirred.clear()
                before, seen = seen, await connection.fetchrow(sql_files.query("look"))
                if before != seen:
                    self._tell(seen["erasures"])
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stirred.wait(), LOOK_EVERY)
        finally:
            connection.terminate()

    def _tell(self, erased_so_far: int) -> None:
        """Something was recorded, or nobody listened for a while; whether anything was erased, the record itself says."""
        if erased_so_far != self._erased_so_far:
            self._erased_so_far = erased_so_far
            self.erased()
        self._has_looked.set()
        self.ring_all()
