"""Connections that are kept at hand for what is asked all the time."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

Answer = TypeVar("Answer")
Connect = Callable[[], Awaitable[asyncpg.Connection]]


class Standing:
    """As many connections as are ever in use at once; there is no limit but the callers'.

    A pool makes two tasks for each loan and return. For a flush of one command that is a third of the time spent here.
    """

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._idle: list[asyncpg.Connection] = []

    async def use(self, work: Callable[[asyncpg.Connection], Awaitable[Answer]]) -> Answer:
        """Do the work on a connection. One that was interrupted at it is thrown away."""
        connection = await self._at_hand()
        try:
            answer = await work(connection)
        except asyncpg.PostgresError:
            # The server has said no, and waits for the next statement.
            self._put_back(connection)
            raise
        except BaseException:
            connection.terminate()
            raise
        self._put_back(connection)
        return answer

    async def close(self) -> None:
        """Say goodbye to the server on all that are idle."""
        while self._idle:
            await self._idle.pop().close()

    def terminate(self) -> None:
        """Leave without a word."""
        while self._idle:
            self._idle.pop().terminate()

    async def _at_hand(self) -> asyncpg.Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await self._connect()

    def _put_back(self, connection: asyncpg.Connection) -> None:
        if not connection.is_closed():
            self._idle.append(connection)
