"""What falls due under a notice, month by month, with the reviews that are planned and the visits that were noted."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.notice_year import notice_year
from projections.words import occurrence_title


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """`occurrence` is None for a visit, and for what has not opened; `standing` is None for what is no duty."""

    day: date
    title: str
    what: str
    who: str
    clause: str | None
    standing: str | None
    occurrence: OccurrenceId | None
    projected: bool = False


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """`first`: its first day."""

    first: date
    entries: tuple[CalendarEntry, ...]


def due_calendar(book: Casebook, notice: str, now: datetime) -> tuple[CalendarMonth, ...]:
    """Every month in which something falls, in order. Raises NotFound."""
    entries = sorted(
        (*_due(book, notice, now), *_planned(book, notice), *_visits(book, notice)),
        key=lambda each: (each.day, each.title),
    )
    return tuple(
        CalendarMonth(first, tuple(found))
        for first, found in groupby(entries, lambda each: each.day.replace(day=1))
    )


def _due(book: Casebook, notice: str, now: datetime) -> list[CalendarEntry]:
    return [
        CalendarEntry(
            day=bar.due_on,
            title=bar.title,
            what="Due",
            who=lane.obligor_name,
            clause=lane.clause,
            standing=bar.standing,
            occurrence=bar.occurrence if bar.opened else None,
            projected=bar.projected,
        )
        for lane in notice_year(book, notice, now).lanes
        for bar in lane.bars
    ]


def _planned(book: Casebook, notice: str) -> list[CalendarEntry]:
    return [
        CalendarEntry(
            day=review.starts_on,
            title=occurrence_title(case.notice, case.occurrence.facts),
            what="Begins" if review.ends_on != review.starts_on else "Takes place",
            who=case.notice.party_name(case.occurrence.facts.obligor),
            clause=case.occurrence.facts.clause,
            standing=None,
            occurrence=case.occurrence.id,
        )
        for case in book.cases(notice)
        if (review := case.occurrence.review).starts_on is not None
    ]


def _visits(book: Casebook, notice: str) -> list[CalendarEntry]:
    return [
        CalendarEntry(each.day, each.purpose, "Visit", each.visitor, None, None, None)
        for each in book.notice(notice).visits
    ]
