"""Fills a store quickly with what appending would have made: real bytes, leaves, receipts, stream heads, errands."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg

from contest.samples import sample_fact
from ledger.canonical import encode, leaf_hash
from ledger.request import Claim, digest

_AT_ONCE = 20_000
_FIRST = datetime(2016, 6, 15, tzinfo=UTC)
_EVENTS = (
    "index", "stream", "version", "type", "recorded", "effective", "notice", "obligation", "occurrence", "rung",
    "actor", "command_id", "event_id", "canonical", "leaf",
)  # fmt: skip


@dataclass
class _Rows:
    events: list[tuple[Any, ...]] = field(default_factory=list)
    receipts: list[tuple[Any, ...]] = field(default_factory=list)
    outbox: list[tuple[Any, ...]] = field(default_factory=list)


async def fill(owner_dsn: str, size: int, stream_length: int) -> None:
    """Bring an empty or partly filled store to `size` events, in streams of that length, with the owner's rights."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        done = await connection.fetchval("SELECT size FROM forthwith.head")
        while done < size:
            count = min(_AT_ONCE, size - done)
            await _copy(connection, done, count, stream_length)
            done += count
        await connection.execute(
            "ANALYZE forthwith.events, forthwith.streams, forthwith.receipts, forthwith.outbox"
        )
    finally:
        await connection.close()


async def _copy(connection: asyncpg.Connection, done: int, count: int, stream_length: int) -> None:
    rows, heads = _Rows(), dict[str, int]()
    for index in range(done + 1, done + count + 1):
        number, version = divmod(index - 1, stream_length)
        stream = f"occ/filled/{number}"
        heads[stream] = version + 1
        _add(rows, index, stream, version + 1)
    async with connection.transaction():
        copy = connection.copy_records_to_table
        await copy("events", schema_name="forthwith", columns=_EVENTS, records=rows.events)
        receipt = ("command_id", "digest", "first_index", "last_index", "recorded")
        await copy("receipts", schema_name="forthwith", columns=receipt, records=rows.receipts)
        errand = ("index", "kind", "key", "payload", "queued", "due", "settled_at")
        await copy("outbox", schema_name="forthwith", columns=errand, records=rows.outbox)
        await connection.executemany(
            "INSERT INTO forthwith.streams VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET version = excluded.version",
            list(heads.items()),
        )
        await connection.execute(
            "UPDATE forthwith.head SET size = $1, recorded = $2", done + count, _recorded(done + count)
        )


def _add(rows: _Rows, index: int, stream: str, version: int) -> None:
    event, command, when = sample_fact(), uuid4(), _recorded(index)
    template = encode(event, stream, version, command)
    canonical = template.at(when)
    rows.events.append(
        (index, stream, version, event.type, when, event.effective, event.notice, event.obligation, event.occurrence,
         event.rung, str(event.actor), command, event.id, canonical, leaf_hash(canonical))
    )  # fmt: skip
    said = digest([Claim(stream, version - 1, ((event, template),))])
    rows.receipts.append((command, said, index, index, when))
    rows.outbox.append((index, "poke", f"{stream}@{version}", "{}", when, when, when))


def _recorded(index: int) -> datetime:
    return _FIRST + timedelta(milliseconds=index)
