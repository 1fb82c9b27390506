"""From stored rows to recorded events."""

from collections.abc import Iterable, Sequence

import asyncpg

from domain.identity import notice_stream, occurrence_streams
from domain.record import Recorded
from ledger.canonical import decode


class HoleInTheLog(Exception):
    """A position is missing from the record. Somebody has removed an event, or the store is broken."""


def recorded_event(index: int, canonical: bytes, leaf: str) -> Recorded:
    """An event as its stored bytes tell it; the columns beside them are never asked."""
    told = decode(canonical)
    return Recorded(
        index, told.stream, told.version, told.recorded, told.envelope, told.command_id, leaf, canonical
    )


def recorded_events(rows: Iterable[asyncpg.Record]) -> list[Recorded]:
    """Rows of index, canonical bytes and leaf, as events."""
    return [recorded_event(row["index"], row["canonical"], row["leaf"].hex()) for row in rows]


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
