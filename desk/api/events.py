"""An event of the record as every address answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.events.of_the_record import is_of_the_record
from domain.identity import OccurrenceId
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Casebook, Entry
from projections.chronology import history_row
from projections.tellings.of_the_record import tell_of_the_record


@dataclass(frozen=True, slots=True)
class EventRow:
    """`effective`: when it was true; `recorded`: when the record took it in. `sentence` tells it, with what has been
    corrected of it since; `data` are its own words. `leaf`: its hash in hexadecimal."""

    index: int
    type: str
    recorded: datetime
    effective: datetime
    notice: str | None
    obligation: str | None
    occurrence: OccurrenceId | None
    rung: str | None
    actor: str
    authority: str | None
    reason: str | None
    sentence: str
    data: dict[str, Any]
    leaf: str


def row_of(book: Casebook, record: Recorded) -> EventRow:
    """An event of a notice, or of the record itself; raises NotFound where the book does not show it."""
    if not is_of_the_record(record):
        return event_row(book, book.event(record.index))
    if book.of_the_record(record.index) is None:
        raise NotFound(f"There is no event {record.index} that is open to you.")
    return _row(record, None, tell_of_the_record(record))


def event_row(book: Casebook, entry: Entry) -> EventRow:
    return _row(entry.record, entry.occurrence, history_row(book, entry).sentence)


def _row(record: Recorded, occurrence: OccurrenceId | None, sentence: str) -> EventRow:
    envelope = record.envelope
    return EventRow(
        index=record.index,
        type=record.type,
        recorded=record.recorded,
        effective=envelope.effective,
        notice=envelope.notice,
        obligation=envelope.obligation,
        occurrence=occurrence,
        rung=envelope.rung,
        actor=str(envelope.actor),
        authority=envelope.authority,
        reason=envelope.reason,
        sentence=sentence,
        data=envelope.data,
        leaf=record.leaf,
    )
