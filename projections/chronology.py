"""What happened under a notice, event by event."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from domain.identity import OccurrenceId
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.words import actor_name, occurrence_title

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event, told as it was recorded, with what has been corrected of it since.

    `effective`: when it was true; `recorded`: when the record took it in; `leaf`: its hash in
    hex.
    """

    index: int
    type: str
    recorded: datetime
    effective: datetime
    actor: str
    sentence: str
    occurrence: OccurrenceId | None
    occurrence_title: str | None
    leaf: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`page` counts from 1; a page beyond the last is the last. `total` counts the events of all pages."""

    notice: str
    title: str
    zone: str
    rows: tuple[HistoryRow, ...]
    total: int
    page: int
    pages: int
    newest_first: bool


def chronology(
    casebook: Casebook,
    notice_id: str,
    occurrence: OccurrenceId | None = None,
    *,
    newest_first: bool = False,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> HistoryPage:
    """The history of a notice, or of one of its occurrences. Raises NotFound."""
    notice = casebook.notice(notice_id)
    if occurrence is not None:
        casebook.case(occurrence)
    entries = casebook.history(occurrence or notice_id)
    entries = entries[::-1] if newest_first else entries
    pages = max(1, ceil(len(entries) / per_page))
    page = min(max(page, 1), pages)
    shown = entries[(page - 1) * per_page : page * per_page]
    return HistoryPage(
        notice=notice_id,
        title=notice.terms.title,
        zone=notice.terms.zone,
        rows=tuple(history_row(casebook, entry) for entry in shown),
        total=len(entries),
        page=page,
        pages=pages,
        newest_first=newest_first,
    )


def history_row(casebook: Casebook, entry: Entry) -> HistoryRow:
    """One event of a notice, told."""
    assert entry.record.envelope.notice is not None
    notice = casebook.notice(entry.record.envelope.notice)
    about = casebook.case(entry.occurrence).occurrence if entry.occurrence else None
    return HistoryRow(
        index=entry.index,
        type=entry.record.type,
        recorded=entry.recorded,
        effective=entry.effective,
        actor=actor_name(notice, entry.record.envelope.actor),
        sentence=tell_entry(entry, notice, about),
        occurrence=entry.occurrence,
        occurrence_title=occurrence_title(notice, about.facts) if about else None,
        leaf=entry.record.leaf,
    )
