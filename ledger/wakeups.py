"""Tells waiting parts that something was recorded, over one listening connection for all of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg

CHANNEL = "forthwith"
_PAUSE = 0.2


class Wakeup:
    """One waiter's bell. It rings when something may have been recorded, also after a lost connection is back."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    def clear(self) -> None:
        """Call before looking: what is recorded after the look rings again."""
        self._event.clear()

    async def wait(self, seconds: float) -> None:
        """Return when it rings, or after `seconds`: a notification can be lost with its connection."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


class Wakeups:
    """Keeps the listening connection up while anybody waits, and makes it again after it was lost."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self._connect = connect
        self._bells: set[Wakeup] = set()
        self._listening: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        return self._closed

    @asynccontextmanager
    async def bell(self) -> AsyncIterator[Wakeup]:
        """A bell that is heard from now on."""
        bell = Wakeup()
        self._bells.add(bell)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen_for_ever(), name="ledger wake-ups")
        try:
            yield bell
        finally:
            self._bells.discard(bell)

    async def close(self) -> None:
        """Stop listening, and let everybody who waits look once more and see that it is over."""
        self._closed = True
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        self._ring_all()

    def _ring_all(self, *_: object) -> None:
        for bell in self._bells:
            bell.ring()

    async def _listen_for_ever(self) -> None:
        while True:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
                await self._listen_until_lost(await self._connect())
            await asyncio.sleep(_PAUSE)

    async def _listen_until_lost(self, connection: asyncpg.Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await connection.add_listener(CHANNEL, self._ring_all)
            self._ring_all()
            await lost.wait()
        finally:
            connection.terminate()
