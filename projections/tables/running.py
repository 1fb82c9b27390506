"""The projector as a process: follows the record until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg

from projections.tables.projector import Projector
from projections.tables.watching import Watch
from projections.tables.writing import Connection

LOOK_AGAIN = 5.0
_PAUSE = 0.5
_LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


async def keep_up(
    connect: Callable[[], Awaitable[Connection]],
    stop: asyncio.Event,
    projector: Projector | None = None,
    on_fault: Callable[[str], None] = lambda _: None,
) -> None:
    """Move the read models whenever there is more, until told to stop. A database that is away is waited for.

    A read model that stands still with an alarm is tried again every few seconds: what stopped it may be gone.
    """
    projector = projector or Projector()
    async with Watch(connect) as watch:
        ended = asyncio.create_task(stop.wait())
        while not stop.is_set():
            try:
                connection = await connect()
                try:
                    await _while_connected(connection, projector, watch, ended)
                except AttributeError as fault:
                    # asyncpg forgets its protocol when a connection ends between two steps of one question.
                    if not connection.is_closed():
                        raise
                    raise ConnectionError("The connection was cut.") from fault
                finally:
                    connection.terminate()
            except _LOST as fault:
                on_fault(str(fault) or "The database did not answer in time.")
                await asyncio.wait((ended,), timeout=_PAUSE)
        ended.cancel()


async def _while_connected(
    connection: Connection, projector: Projector, watch: Watch, ended: asyncio.Task[object]
) -> None:
    while not ended.done():
        seen = watch.size
        if await projector.advance(connection):
            continue
        more = asyncio.create_task(watch.beyond(seen))
        await asyncio.wait((ended, more), timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
        more.cancel()
