"""What the rooms ask of each other, so that none needs to know how the other does it."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from domain.record import Append, ClaimedItem, Head, Receipt, Recorded


class Ledger(Protocol):
    """The permanent record. The PostgreSQL ledger and its in-memory twin keep the same contract suite."""

    async def append(self, act: Append) -> Receipt:
        """Record one command's events, or raise Conflict, CommandIdReused, UnfitEvent, LedgerUnreachable."""
        ...

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        """The events of one stream with version > after, in order."""
        ...

    async def read(self, after: int = 0, limit: int = 5000) -> Sequence[Recorded]:
        """The events with index > after, in order, at most `limit`."""
        ...

    async def streams(self, prefix: str) -> dict[str, int]:
        """The version of every stream whose name starts with `prefix`."""
        ...

    async def head(self) -> Head: ...

    async def receipt_of(self, command_id: UUID) -> Receipt | None:
        """The receipt of a command that was recorded, or None."""
        ...

    def follow(self, after: int = 0, poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        """Batches of events with index > after, for ever, each event once and in order."""
        ...


class Outbox(Protocol):
    """What still has to be done because of recorded acts. Rows enter only through `Ledger.append`."""

    async def claim(
        self, kind: Literal["poke", "message"], limit: int, lease_seconds: float
    ) -> Sequence[ClaimedItem]:
        """Lend rows that are due, oldest first; a lease that ends unsettled lends them again."""
        ...

    async def settle(self, ids: Sequence[int]) -> None:
        """They are done."""
        ...

    async def put_back(self, row: int, wait_seconds: float, fault: str) -> None:
        """Try again after a while, remembering why it failed."""
        ...

    async def waiting(self, kind: Literal["poke", "message"]) -> int: ...

    async def wait_for_work(self, poll_seconds: float) -> None:
        """Return when something may have been queued, or after `poll_seconds`."""
        ...


class Directory(Protocol):
    """How people are reached. Kept outside the record, because addresses are erasable."""

    async def address_of(self, person: str) -> str | None: ...

    async def set_address(self, person: str, address: str, changed_at: datetime) -> None: ...
