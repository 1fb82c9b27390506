"""Events as the timeline shows them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.addresses import event_page
from desk.words import moment
from projections.chronology import HistoryRow


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
