"""From stored rows to recorded events."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

import asyncpg
import orjson

from domain.events.kinds import plan_for
from domain.events.withheld import may_hold_commitments, restored
from domain.identity import notice_stream, occurrence_streams
from domain.record import Recorded
from ledger.canonical import decode
from ledger.privacy.commitments import told_by
from ledger.privacy.disclosure import Disclosed
from ledger.privacy.sealing import Keyring
from ledger.profile import spell


class HoleInTheLog(Exception):
    """A position is missing from the record. Somebody has removed an event, or the store is broken."""


def recorded_event(index: int, canonical: bytes, leaf: str, disclosed: Iterable[Disclosed] = ()) -> Recorded:
    """An event as its stored bytes tell it, with what is disclosed of it; the columns beside them are never asked."""
    told = decode(canonical)
    plan = plan_for(told.envelope.type)
    if (disclosed or plan is not None) and may_hold_commitments(canonical):
        restored(told.envelope.data, told_by(disclosed), plan)
    return Recorded(
        index, told.stream, told.version, told.recorded, told.envelope, told.command_id, leaf, canonical
    )


def recorded_events(rows: Sequence[asyncpg.Record], keyring: Keyring) -> list[Recorded]:
    """Rows of index, canonical bytes and leaf, as events; rows with a negative index hold what is kept beside them."""
    kept = kept_beside(rows, keyring)
    return [recorded_event(row[0], row[1], row[2].hex(), kept.get(row[0], ())) for row in rows if row[0] > 0]


def in_order(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """By position: the database promises no order to two queries in one."""
    return sorted(rows, key=itemgetter(0))


def kept_beside(rows: Iterable[Sequence[Any]], keyring: Keyring) -> dict[int, list[Disclosed]]:
    """What is disclosed of each event, from the rows with a negative index."""
    kept: dict[int, list[Disclosed]] = {}
    for row in rows:
        if row[0] < 0 and (read := keyring.read(row[1], row[2])) is not None:
            kept.setdefault(-row[0], []).append(read)
    return kept


def whole(event: Recorded) -> bytes:
    """The canonical bytes of an event with its withheld values in their places; not what was hashed."""
    if not may_hold_commitments(event.canonical):
        return event.canonical
    return spell({**orjson.loads(event.canonical), "data": event.envelope.data})


def streams_of(notice: str, obligation: str | None) -> tuple[str | None, str]:
    """The stream of the notice itself, which no single obligation has, and how the names of the others begin."""
    if obligation is None:
        return notice_stream(notice), occurrence_streams(notice)
    return None, f"{occurrence_streams(notice)}{obligation}/"


def require_contiguous(after: int, batch: Sequence[Recorded]) -> None:
    """Raise HoleInTheLog unless the batch starts right behind `after` and misses nothing."""
    for place, event in enumerate(batch, start=after + 1):
        if event.index != place:
            raise HoleInTheLog(f"Event {place} is missing from the record; the next one is {event.index}.")
