"""The year of a notice on one sheet: its picture, what is overdue, and what is due next, for each body."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.addresses import occurrence_page
from desk.words import day, moment, short_day
from desk.year_picture import has_steps, year_drawing, year_in_words, year_key, year_rows
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.notice_year import notice_year
from projections.overdue import Track, overdue
from projections.words import body, capital, joined


def year_sheet(book: Casebook, notice_id: str, now: datetime) -> dict[str, Any]:
    """Raises NotFound."""
    notice = book.notice(notice_id)
    terms, zone = notice.terms, zone_named(notice.terms.zone)
    year = notice_year(book, notice_id, now)
    return {
        "id": terms.id,
        "title": terms.title,
        "whose": f"{capital(body(notice, terms.issuer))} to {body(notice, terms.recipient)}",
        "year": year_drawing(year),
        "rows": year_rows(year),
        "words": year_in_words(year),
        "key": year_key(year),
        "has_steps": has_steps(year),
        "tracks": [_track(each, zone) for each in overdue(book, notice_id, now)],
        "as_at": day(now.astimezone(zone)),
        "runs_until": day(terms.runs_until),
        "position": book.position,
    }


def _track(track: Track, zone: ZoneInfo) -> dict[str, Any]:
    following = track.next_due
    return {
        "name": track.name,
        "overdue": [
            {
                "title": row.title,
                "href": occurrence_page(row.occurrence),
                "standing": row.urgency,
                "due": short_day(row.due_on),
                "days": row.working_days,
                "highest": f"{joined(row.highest.whom)}, {moment(row.highest.at, zone)}"
                if row.highest
                else None,
            }
            for row in track.overdue
        ],
        "next": following
        and {
            "title": following.title,
            "href": occurrence_page(following.occurrence) if following.opened else None,
            "due": short_day(following.due_on),
        },
    }
