"""Which clocks should live and which do: the two compared, and what is missing restored."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from domain.clock import Clock, ClockSpec
from domain.ports import OpenClock, OpenClocks
from domain.record import LedgerUnreachable
from workflows.starting import poke_clock

RUNNING = 'ExecutionStatus="Running" AND (WorkflowType="OccurrenceClock" OR WorkflowType="NoticeClock")'
UNFIRED_AFTER = timedelta(seconds=60)
EVERY = 30.0
log = structlog.get_logger("forthwith.reconciler")


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock that should live, whether it does, and whether what it waits for is overdue."""

    due: OpenClock
    alive: bool
    unfired: bool


async def living_clocks(client: Client) -> frozenset[str]:
    """The streams whose clocks run, as Temporal lists them."""
    return frozenset([each.id async for each in client.list_workflows(RUNNING)])


async def register(client: Client, expected: OpenClocks, now: datetime) -> list[ClockRow]:
    """Every clock that should live, by its name."""
    alive = await living_clocks(client)
    return [
        ClockRow(each, each.stream in alive, each.next_at is not None and now - each.next_at > UNFIRED_AFTER)
        for each in await expected.open_clocks()
    ]


async def rebuild(client: Client, expected: OpenClocks, clock: ClockSpec) -> int:
    """Poke every clock that should live: all come back from the events alone."""
    due = await expected.open_clocks()
    await poke_all(client, due, clock)
    return len(due)


async def poke_all(client: Client, due: Sequence[OpenClock], clock: ClockSpec) -> None:
    gate = asyncio.Semaphore(16)

    async def poke(each: OpenClock) -> None:
        async with gate:
            await poke_clock(client, each.stream, each.position, clock)

    await asyncio.gather(*(poke(each) for each in due))


class Reconciler:
    """Sees to it that every open occurrence has its clock, and that nothing due stays undone; says what it mended."""

    def __init__(self, client: Client, expected: OpenClocks, clock: Clock, spec: ClockSpec) -> None:
        self._client = client
        self._expected = expected
        self._clock = clock
        self._spec = spec

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.reconcile()
            except (RPCError, RuntimeError, LedgerUnreachable) as fault:
                log.warning("not reconciled", fault=str(fault))
                await _pause(stop, 2.0)
                continue
            await _pause(stop, EVERY)

    async def reconcile(self) -> int:
        """One pass; returns how many clocks were poked."""
        rows = await register(self._client, self._expected, self._clock.now())
        mend = [row.due for row in rows if not row.alive or row.unfired]
        if mend:
            log.info("clocks mended", clocks=len(mend))
            await poke_all(self._client, mend, self._spec)
        return len(mend)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
