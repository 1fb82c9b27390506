"""What still has to be done because of recorded acts, on PostgreSQL."""

from collections.abc import Sequence
from typing import Any, Literal

import orjson

from domain.record import ClaimedItem
from ledger import sql_files
from ledger.connection import Database
from ledger.wakeups import Wakeup

Kind = Literal["poke", "message"]


class PostgresOutbox:
    """A `domain.ports.Outbox` on an open database. It holds its worker's bell, so each worker has its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bell: Wakeup | None = None

    async def claim(self, kind: Kind, limit: int, lease_seconds: float) -> Sequence[ClaimedItem]:
        """Lend rows that are due, oldest first; a lease that ends unsettled lends them again."""
        return _items(await self._database.fetch(sql_files.query("claim_outbox"), kind, limit, lease_seconds))

    async def claim_bundle(self, limit: int, lease_seconds: float) -> Sequence[ClaimedItem]:
        """Lend what is due of one bundle, all to one worker."""
        return _items(await self._database.fetch(sql_files.query("claim_bundle"), limit, lease_seconds))

    async def hold(self, row: int, wait_seconds: float, bundle: str | None) -> None:
        """Not yet, and perhaps together with others; it does not count as a try."""
        await self._database.fetch(sql_files.query("hold_outbox"), row, wait_seconds, bundle)

    async def renew(self, ids: Sequence[int], lease_seconds: float) -> None:
        """They are still in hand: their lease begins again. What was settled or put back stays so."""
        await self._database.fetch(sql_files.query("renew_outbox"), list(ids), lease_seconds)

    async def settle(self, ids: Sequence[int]) -> None:
        """They are done."""
        if ids:
            await self._database.fetch(sql_files.query("settle_outbox"), list(ids))

    async def put_back(self, row: int, wait_seconds: float, fault: str) -> None:
        """Try again after a while, remembering why it failed."""
        said = fault.replace("\x00", "").encode(errors="replace").decode()
        await self._database.fetch(sql_files.query("put_back_outbox"), row, wait_seconds, said)

    async def waiting(self, kind: Kind) -> int:
        """How many are not settled yet, lent ones included."""
        (row,) = await self._database.fetch(sql_files.query("count_waiting"), kind)
        return int(row["waiting"])

    async def refused(self) -> int:
        """How many messages wait to be tried again, because they have been refused for now."""
        (row,) = await self._database.fetch(sql_files.query("refused_messages"))
        return int(row["refused"])

    async def wait_for_work(self, poll_seconds: float) -> None:
        """Return when something may have been queued, or after `poll_seconds`."""
        # Hung for good, so that what is queued while the worker works makes its next wait short.
        self._bell = self._bell or self._database.wakeups.hang()
        await self._bell.wait(poll_seconds)
        self._bell.clear()


def _items(rows: Sequence[Any]) -> list[ClaimedItem]:
    return [
        ClaimedItem(
            row["id"],
            row["index"],
            row["kind"],
            row["key"],
            orjson.loads(row["payload"]),
            row["attempts"],
            row["queued"],
        )
        for row in rows
    ]
