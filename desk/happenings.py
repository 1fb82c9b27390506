"""Events as the timeline shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from desk.addresses import event_page
from desk.words import moment
from projections.chronology import HistoryRow

LONG_WAIT_DAYS = 5


def as_happening(row: HistoryRow, zone: ZoneInfo) -> dict[str, str | None]:
    """One event for `timeline`. When it was written down is said where that was not the same minute."""
    effective, recorded = moment(row.effective, zone), moment(row.recorded, zone)
    return {
        "id": f"event-{row.index}",
        "sentence": row.sentence,
        "by": row.actor,
        "when": effective,
        "when_iso": row.effective.isoformat(),
        "recorded": recorded if recorded != effective else None,
        "href": event_page(row.index),
        "receipt": f"Event {row.index} · {row.leaf[:16]}…",
        "about": row.occurrence_title,
    }


def with_waits(rows: Iterable[HistoryRow], zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """Events in either order, with one line for each stretch of days in which nothing was written down."""
    last: HistoryRow | None = None
    for row in rows:
        if last is not None:
            earlier, later = sorted((last.recorded.astimezone(zone), row.recorded.astimezone(zone)))
            days = (later.date() - earlier.date()).days - 1
            if days >= LONG_WAIT_DAYS:
                yield {"wait": f"{days} days in which nothing happened"}
        yield as_happening(row, zone)
        last = row
