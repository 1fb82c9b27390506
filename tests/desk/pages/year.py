"""Who sits at the desk in these tests, and the world behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx2

from domain.clock import SteppedClock
from domain.record import Append, LedgerUnreachable, Receipt, Recorded
from ledger.memory import MemoryLedger, MemoryOutbox
from ledger.office import Office
from projections.casebook import Casebook

Seat = Callable[[str], Awaitable[httpx2.AsyncClient]]
Send = Callable[..., Awaitable[httpx2.Response]]

OFFICER, DIRECTOR, CHIEF_EXECUTIVE = "priya-nandra", "helen-marsh", "duncan-ashworth"
CHAIR, ADVISER, REVIEW_TEAM, CASE_LEAD = "margaret-oduya", "ruth-pemberton", "callum-reyes", "imogen-hartley"

AUDITOR, OPERATOR = "grace-adeyemi", "owen-castell"


class CutOffLedger(MemoryLedger):
    """A record in memory that can be cut off from the desk."""

    reachable = True

    async def append(self, act: Append) -> Receipt:
        self._must_be_reachable()
        return await super().append(act)

    async def read(self, after: int = 0, limit: int = 5000) -> Sequence[Recorded]:
        self._must_be_reachable()
        return await super().read(after, limit)

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        self._must_be_reachable()
        return await super().read_stream(stream, after)

    def _must_be_reachable(self) -> None:
        if not self.reachable:
            raise LedgerUnreachable("The database does not answer.")


@dataclass
class Year:
    """The world behind the desk: its record, its clock and its office."""

    ledger: CutOffLedger
    clock: SteppedClock
    office: Office
    outbox: MemoryOutbox
    casebook: Casebook
    deliver: Callable[[], Awaitable[None]]

    async def events(self) -> Sequence[Recorded]:
        return await self.ledger.read(limit=100_000)
