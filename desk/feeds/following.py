"""Who may have which calendar."""

from __future__ import annotations

from datetime import datetime

from domain.notice.state import Notice
from domain.time.zones import local_date
from projections.casebook import Casebook


def may_follow(book: Casebook, notice: str | None, person: str, now: datetime) -> bool:
    """They hold a role today: under that notice, or under any for the calendar of what is their own."""
    return any(notice in (None, each.terms.id) for each in followed_by(book, person, now))


def followed_by(book: Casebook, person: str, now: datetime) -> list[Notice]:
    """The notices under which they hold a role today."""
    return [each for each in book.notices() if each.roles_of(person, local_date(now, each.terms.zone))]


def title_of(book: Casebook, notice: str | None) -> str:
    """What the calendar is called in a calendar program."""
    return f"Forthwith: {book.notice(notice).terms.title}" if notice else "Forthwith: my dates"
