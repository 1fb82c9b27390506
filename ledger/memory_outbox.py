"""The outbox and the directory in memory, with the same manners as on PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import orjson

from domain.clock import Clock
from domain.record import ClaimedItem
from ledger.outbox import Kind
from ledger.wakeups import Bells, Wakeup


@dataclass(slots=True)
class _Row:
    item: ClaimedItem
    due: datetime
    leased_until: datetime | None = None
    settled: bool = False
    last_fault: str | None = None
    bundle: str | None = None


class QueuedItems:
    """What has been queued, done or not, oldest first."""

    def __init__(self) -> None:
        self.rows: dict[int, _Row] = {}
        self._keys: set[tuple[str, str]] = set()

    def add(self, index: int, outbox: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Queue what has not been queued before."""
        for kind, key, payload in outbox:
            if (kind, key) not in self._keys:
                self._keys.add((kind, key))
                row = len(self.rows) + 1
                item = ClaimedItem(row, index, _kind(kind), key, orjson.loads(payload), 0, now)
                self.rows[row] = _Row(item, due=now)


class _HasQueue(Protocol):
    """What the outbox needs of its ledger."""

    bells: Bells
    queued: QueuedItems
    clock: Clock


class MemoryOutbox:
    """A `domain.ports.Outbox` on a `MemoryLedger`; each worker has its own."""

    def __init__(self, ledger: _HasQueue) -> None:
        self._ledger = ledger
        self._bell: Wakeup | None = None

    async def claim(self, kind: Kind, limit: int, lease_seconds: float) -> Sequence[ClaimedItem]:
        """Lend rows that are due, oldest first; a lease that ends unsettled lends them again."""
        free = [row for row in self._due(kind) if row.bundle is None]
        return self._lend(sorted(free, key=lambda row: (row.due, row.item.id))[:limit], lease_seconds)

    async def claim_bundle(self, limit: int, lease_seconds: float) -> Sequence[ClaimedItem]:
        """Lend what is due of one bundle, all to one worker."""
        due = [row for row in self._due("message") if row.bundle is not None]
        first = min(due, key=lambda row: (row.due, row.item.id), default=None)
        return self._lend([row for row in due if first and row.bundle == first.bundle][:limit], lease_seconds)

    async def hold(self, row: int, wait_seconds: float, bundle: str | None) -> None:
        """Not yet, and perhaps together with others; it does not count as a try."""
        found = self._ledger.queued.rows.get(row)
        if found is not None and not found.settled:
            found.due = self._ledger.clock.now() + timedelta(seconds=wait_seconds)
            found.leased_until, found.bundle = None, bundle
            found.item = replace(found.item, attempts=max(found.item.attempts - 1, 0))

    def _lend(self, lent: list[_Row], lease_seconds: float) -> list[ClaimedItem]:
        now = self._ledger.clock.now()
        for row in lent:
            row.leased_until = now + timedelta(seconds=lease_seconds)
            row.item = replace(row.item, attempts=row.item.attempts + 1)
        return [replace(row.item, payload=orjson.loads(orjson.dumps(row.item.payload))) for row in lent]

    async def renew(self, ids: Sequence[int], lease_seconds: float) -> None:
        """They are still in hand: their lease begins again. What was settled or put back stays so."""
        until = self._ledger.clock.now() + timedelta(seconds=lease_seconds)
        for row in (self._ledger.queued.rows[each] for each in ids if each in self._ledger.queued.rows):
            if not row.settled and row.leased_until is not None:
                row.leased_until = until

    async def settle(self, ids: Sequence[int]) -> None:
        """They are done."""
        for row in ids:
            if row in self._ledger.queued.rows:
                self._ledger.queued.rows[row].settled = True

    async def put_back(self, row: int, wait_seconds: float, fault: str) -> None:
        """Try again after a while, remembering why it failed."""
        found = self._ledger.queued.rows.get(row)
        if found is not None and not found.settled:
            found.due = self._ledger.clock.now() + timedelta(seconds=wait_seconds)
            found.leased_until, found.last_fault = None, fault

    async def waiting(self, kind: Kind) -> int:
        """How many are not settled yet, lent ones included."""
        return len(self._open(kind))

    async def wait_for_work(self, poll_seconds: float) -> None:
        """Return when something may have been queued, or after `poll_seconds`."""
        self._bell = self._bell or self._ledger.bells.hang()
        await self._bell.wait(poll_seconds)
        self._bell.clear()

    def _due(self, kind: Kind) -> list[_Row]:
        now = self._ledger.clock.now()
        return [row for row in self._open(kind) if row.due <= now and (row.leased_until or now) <= now]

    def _open(self, kind: Kind) -> list[_Row]:
        return [row for row in self._ledger.queued.rows.values() if row.item.kind == kind and not row.settled]


class MemoryDirectory:
    """A `domain.ports.Directory` that is gone with its process."""

    def __init__(self) -> None:
        self._addresses: dict[str, tuple[str, datetime]] = {}
        self._other_addresses: dict[str, tuple[str, datetime]] = {}
        self._digests: dict[str, tuple[bool, datetime]] = {}

    async def wants_digest(self, person: str) -> bool:
        """Whether they chose one mail a day."""
        return self._digests.get(person, (False, None))[0]

    async def set_digest(self, person: str, wanted: bool, changed_at: datetime) -> None:
        """Remember their choice, unless a newer one is known."""
        known = self._digests.get(person)
        if known is None or known[1] <= changed_at:
            self._digests[person] = (wanted, changed_at)

    async def address_of(self, person: str) -> str | None:
        """Where a person is reached, or None."""
        found = self._addresses.get(person)
        return found[0] if found else None

    async def set_address(self, person: str, address: str, changed_at: datetime) -> None:
        """Remember an address, unless a newer one is known."""
        known = self._addresses.get(person)
        if known is None or known[1] <= changed_at:
            self._addresses[person] = (address, changed_at)

    async def other_address_of(self, person: str) -> str | None:
        """Where else a person is reached, or None."""
        found = self._other_addresses.get(person)
        return (found[0] or None) if found else None

    async def set_other_address(self, person: str, address: str, changed_at: datetime) -> None:
        """Remember it, unless a newer one is known; an empty one is none."""
        known = self._other_addresses.get(person)
        if known is None or known[1] <= changed_at:
            self._other_addresses[person] = (address, changed_at)


def _kind(kind: str) -> Kind:
    return "message" if kind == "message" else "poke"
