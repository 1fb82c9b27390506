"""The disclosures of events, for an export: each proves one value to whoever has the event."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import TypedDict

import asyncpg

from domain.record import Recorded
from ledger import sql_files
from ledger.memory import MemoryLedger
from ledger.postgres import PAGE, PostgresLedger
from ledger.privacy.disclosure import disclosure_of


class DisclosureLine(TypedDict):
    """One line of ``disclosures.jsonl``."""

    index: int
    disclosure: str


async def disclosures_for(
    ledger: PostgresLedger | MemoryLedger, events: Iterable[Recorded] | None = None
) -> AsyncIterator[DisclosureLine]:
    """In the order of the log and of the digests, whatever is kept and can be opened; of all events, if none are named.

    What was erased is left out. Raises LockedValues where the keys are wrapped and the key of the instance is missing.
    """
    wanted: set[int] | None = None if events is None else {event.index for event in events}
    if isinstance(ledger, MemoryLedger):
        for index in sorted(wanted) if wanted is not None else range(1, (await ledger.head()).size + 1):
            for disclosure in ledger.withheld(index):
                yield {"index": index, "disclosure": disclosure}
        return
    last = 0 if wanted is None else max(wanted, default=0)
    after = min(wanted, default=1) - 1 if wanted else 0
    while rows := await _page(ledger, after):
        for row in rows:
            after = row["index"]
            if wanted is None or after in wanted:
                content = ledger.keyring.unseal(row["sealed"], row["key"])
                if content is not None:
                    yield {"index": after, "disclosure": disclosure_of(content)}
        if wanted is not None and after >= last:
            return


async def _page(ledger: PostgresLedger, after: int) -> Sequence[asyncpg.Record]:
    return await ledger.database.fetch(sql_files.query("disclosures"), after, PAGE)
