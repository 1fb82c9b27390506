"""Tells any number of followers in a process that there is more: one connection listens and looks for all of them.

A follower that would poll for itself costs a query a second, and a thousand of them a thousand. Here one look a second at
the head's row is all there is while nothing happens.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import asyncpg

from projections.tables.sql_files import query
from projections.tables.writing import Connection

CHANNEL = "forthwith"
_PAUSE = 0.2
_PATIENCE = 5.0
_LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class Watch:
    """Knows how many events there are. Open it with ``async with``; a lost connection is made again."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]], poll_seconds: float = 1.0) -> None:
        self._connect, self._poll = connect, poll_seconds
        self._more = asyncio.Event()
        self._look = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.size = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch_for_ever(), name="watching the record")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def beyond(self, position: int) -> int:
        """Wait until there are more events than that; returns how many there are."""
        while self.size <= position:
            await self._more.wait()
        return self.size

    async def _watch_for_ever(self) -> None:
        while True:
            with suppress(*_LOST):
                await self._watch_until_lost(await self._connect())
            await asyncio.sleep(_PAUSE)

    async def _watch_until_lost(self, connection: Connection) -> None:
        try:
            await connection.add_listener(CHANNEL, lambda *_: self._look.set())
            while not connection.is_closed():
                self._look.clear()
                self._tell(await connection.fetchval(query("head"), timeout=_PATIENCE))
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), self._poll)
        except AttributeError:
            # asyncpg forgets its protocol when a connection ends between two steps of one question.
            if not connection.is_closed():
                raise
        finally:
            connection.terminate()

    def _tell(self, size: int) -> None:
        """Wake whoever waits, only when there is more than there was."""
        if size > self.size:
            self.size = size
            woken, self._more = self._more, asyncio.Event()
            woken.set()
