"""The year of a notice on one sheet: its picture, what is overdue, and what is due next, for each body."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desk.overdue_told import shown_track
from desk.words import day, short_day
from desk.year_picture import has_steps, year_drawing, year_in_words, year_key, year_rows
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.notice_year import notice_year
from projections.overdue import overdue
from projections.words import body, capital


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
        "tracks": [shown_track(each, zone, short_day) for each in overdue(book, notice_id, now)],
        "as_at": day(now.astimezone(zone)),
        "runs_until": day(terms.runs_until),
        "position": book.position,
    }
