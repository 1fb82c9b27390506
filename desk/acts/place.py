"""What an act is about, and who is about to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.refusals import NotFound
from domain.who import today
from projections.casebook import Casebook, Entry


@dataclass(frozen=True, slots=True)
class Place:
    """A notice; or one thing that is owed under it; or one `entry` of the record. The case holds what this person may see.

    `asked`: what the address says already, such as the item that a link was about.
    """

    case: Case
    person: str
    now: datetime
    entry: Entry | None = None
    asked: Mapping[str, str] = field(default_factory=dict)

    @property
    def notice(self) -> Notice:
        return self.case.notice

    @property
    def occurrence(self) -> Occurrence:
        return self.case.occurrence

    @property
    def name(self) -> OccurrenceId:
        return self.case.occurrence.id

    @property
    def today(self) -> date:
        return today(self.case.notice, self.now)


def at_notice(
    book: Casebook, notice: str, person: str, now: datetime, asked: Mapping[str, str] | None = None
) -> Place:
    """Raises NotFound."""
    return Place(Case(book.notice(notice), others=_others(book, notice)), person, now, asked=asked or {})


def at_occurrence(
    book: Casebook, name: OccurrenceId, person: str, now: datetime, asked: Mapping[str, str] | None = None
) -> Place:
    """Raises NotFound."""
    case = book.case(name)
    whole = Case(case.notice, case.occurrence, _others(book, name.notice))
    return Place(whole, person, now, asked=asked or {})


def at_event(book: Casebook, notice: str, index: int, person: str, now: datetime) -> Place:
    """Raises NotFound, also where the event is of another notice."""
    entry = book.event(index)
    occurrence = book.case(entry.occurrence).occurrence if entry.occurrence else Occurrence()
    case = Case(book.notice(notice), occurrence, _others(book, notice))
    if entry.record.envelope.notice != notice:
        raise NotFound(f"Event {index} is not of the notice “{notice}”.")
    return Place(case, person, now, entry)


def _others(book: Casebook, notice: str) -> dict[OccurrenceId, Occurrence]:
    return {each.id: each for each in book.occurrences(notice)}
