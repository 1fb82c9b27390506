"""What is overdue of one body, and what is due next, as a page and the sheet of the year show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from desk.addresses import occurrence_page
from desk.words import moment
from projections.overdue import NextDue, OverdueRow, Track
from projections.words import joined


def shown_track(track: Track, zone: ZoneInfo, day: Callable[[date], str]) -> dict[str, Any]:
    """`day`: how its days are said; there is little room on paper."""
    return {
        "name": track.name,
        "overdue": [_overdue(row, zone, day) for row in track.overdue],
        "next": track.next_due and _next(track.next_due, day),
    }


def _overdue(row: OverdueRow, zone: ZoneInfo, day: Callable[[date], str]) -> dict[str, Any]:
    highest = row.highest
    return {
        "title": row.title,
        "href": occurrence_page(row.occurrence),
        "standing": row.urgency,
        "clause": row.clause,
        "due": day(row.due_on),
        "days": row.working_days,
        "highest": f"{joined(highest.whom)}, {moment(highest.at, zone)}" if highest else None,
        "next": row.next_step.sentence,
    }


def _next(due: NextDue, day: Callable[[date], str]) -> dict[str, Any]:
    return {
        "title": due.title,
        "href": occurrence_page(due.occurrence) if due.opened else None,
        "due": day(due.due_on),
        "clause": due.clause,
    }
