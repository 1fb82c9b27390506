"""The relay: from the outbox to the clocks. Best effort, because a lost poke delays a look and changes nothing."""

import asyncio
from collections.abc import Iterable

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.clock import ClockSpec
from domain.ports import Outbox
from domain.record import ClaimedItem, LedgerUnreachable
from workflows.starting import poke_clock

AT_ONCE = 16
LEASE = 30.0
TRY_AGAIN = 5.0
log = structlog.get_logger("forthwith.relay")


class Relay:
    """Pokes the clock of every stream that moved; a clock that does not exist is started by that."""

    def __init__(self, outbox: Outbox, client: Client, clock: ClockSpec) -> None:
        self._outbox = outbox
        self._client = client
        self._clock = clock
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                if not await self.relay_waiting():
                    await self._outbox.wait_for_work(1.0)
            except LedgerUnreachable as fault:
                log.warning("record out of reach", fault=str(fault))
                await asyncio.sleep(1.0)

    async def relay_waiting(self) -> int:
        """One pass; returns how many rows were lent."""
        items = await self._outbox.claim("poke", 500, LEASE)
        by_stream: dict[str, list[ClaimedItem]] = {}
        for item in items:
            by_stream.setdefault(item.payload["stream"], []).append(item)
        await asyncio.gather(*(self._poke(stream, rows) for stream, rows in by_stream.items()))
        return len(items)

    async def _poke(self, stream: str, rows: Iterable[ClaimedItem]) -> None:
        rows = list(rows)
        async with self._gate:
            try:
                await poke_clock(self._client, stream, max(row.index for row in rows), self._clock)
            except (RPCError, RuntimeError) as fault:
                log.warning("clock not poked", stream=stream, fault=str(fault))
                for row in rows:
                    await self._outbox.put_back(row.id, TRY_AGAIN, str(fault))
                return
        await self._outbox.settle([row.id for row in rows])
