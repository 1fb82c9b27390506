"""An event of the record as every address answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.identity import OccurrenceId
from projections.casebook import Casebook, Entry
from projections.chronology import history_row


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


def event_row(book: Casebook, entry: Entry) -> EventRow:
    envelope = entry.record.envelope
    return EventRow(
        index=entry.index,
        type=entry.record.type,
        recorded=entry.recorded,
        effective=entry.effective,
        notice=envelope.notice,
        obligation=envelope.obligation,
        occurrence=entry.occurrence,
        rung=envelope.rung,
        actor=str(envelope.actor),
        authority=envelope.authority,
        reason=envelope.reason,
        sentence=history_row(book, entry).sentence,
        data=envelope.data,
        leaf=entry.record.leaf,
    )
