"""What the operator's page is told: every part of the service, asked one by one."""

from collections.abc import Awaitable, Callable

import asyncpg
from temporalio.client import Client
from temporalio.service import RPCError

from desk.operating import ClocksAlive, Operations, ReadModelState, Unreachable, WebhookNow
from domain.record import LedgerUnreachable
from forthwith.open_clocks import CasebookClocks
from forthwith.webhook_words import trouble_with
from forthwith.world import World
from ledger.webhooks import states_of
from projections.deliveries import unreached
from projections.tables.health import Health, health
from workflows.clock_register import register


class DeskOperator:
    """Over one world; `client` is None until Temporal has answered."""

    def __init__(
        self,
        world: World,
        ready: Callable[[], Awaitable[dict[str, bool]]],
        client: Callable[[], Client | None],
    ) -> None:
        self._world, self._ready, self._client = world, ready, client

    async def look(self) -> Operations:
        faults: list[str] = []
        return Operations(
            services=await self._services(faults),
            size=self._world.casebook.position,
            clocks=await self._clocks(faults),
            pokes_waiting=await self._waiting("poke", faults),
            messages_waiting=await self._waiting("message", faults),
            messages_refused=await self._refused(faults),
            unreachable=self._unreachable(),
            webhooks=await self._webhooks(faults),
            read_models=await self._read_models(faults),
            faults=tuple(faults),
        )

    async def _services(self, faults: list[str]) -> dict[str, bool]:
        try:
            return await self._ready()
        except LedgerUnreachable as fault:
            faults.append(f"The record cannot be reached: {fault}")
            return {"record": False}

    async def _clocks(self, faults: list[str]) -> ClocksAlive | None:
        client, world = self._client(), self._world
        if client is None:
            faults.append("Temporal has not answered yet, so nobody can say which clocks live.")
            return None
        try:
            rows = await register(client, CasebookClocks(world.casebook, world.clock), world.clock.now())
        except (RPCError, RuntimeError, LedgerUnreachable) as fault:
            faults.append(f"The clocks cannot be listed: {fault}")
            return None
        return ClocksAlive(
            expected=len(rows),
            missing=tuple(each.due.stream for each in rows if not each.alive),
            late=tuple(each.due.stream for each in rows if each.alive and each.unfired),
        )

    async def _waiting(self, kind: str, faults: list[str]) -> int | None:
        try:
            return await self._world.outbox().waiting("poke" if kind == "poke" else "message")
        except LedgerUnreachable as fault:
            faults.append(f"The outbox cannot be counted: {fault}")
            return None

    async def _refused(self, faults: list[str]) -> int | None:
        try:
            return await self._world.outbox().refused()
        except LedgerUnreachable as fault:
            faults.append(f"The outbox cannot be counted: {fault}")
            return None

    def _unreachable(self) -> tuple[Unreachable, ...]:
        """As last read from the record; whom it is about and why, and nothing of any notice."""
        book = self._world.casebook
        return tuple(
            Unreachable(each.name, each.count, each.last.fault or "", each.last.settled_at)
            for notice in book.notices()
            for each in unreached(book, notice.terms.id)
        )

    async def _webhooks(self, faults: list[str]) -> tuple[WebhookNow, ...] | None:
        try:
            states = await states_of(self._world.ledger.database)
        except LedgerUnreachable as fault:
            faults.append(f"The webhooks cannot be asked: {fault}")
            return None
        size = self._world.casebook.position
        return tuple(
            WebhookNow(name, state.told, max(size - state.told, 0), trouble_with(state))
            for name, state in states.items()
        )

    async def _read_models(self, faults: list[str]) -> tuple[ReadModelState, ...] | None:
        try:
            found = await self._world.ledger.database.once(health)
        except (LedgerUnreachable, asyncpg.PostgresError) as fault:
            faults.append(f"The read models cannot be asked: {fault}")
            return None
        return tuple(
            ReadModelState(each.projection, each.position, each.behind, each.proven_at, _trouble(each))
            for each in found
        )


def _trouble(each: Health) -> str | None:
    if each.alarm:
        return f"Stands still: {each.alarm}"
    return f"{each.parked} events are parked" if each.parked else None
