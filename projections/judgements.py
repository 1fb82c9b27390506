"""The acts of judgement under a notice, newest first: what a person decided where the notice left it to them."""

from dataclasses import dataclass
from datetime import datetime

from domain.identity import OccurrenceId
from projections.acts_of_judgement import JUDGEMENTS
from projections.casebook import Casebook
from projections.chronology import history_row


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """`about` is None for one on the notice itself."""

    index: int
    at: datetime
    by: str
    sentence: str
    about: OccurrenceId | None
    about_title: str | None


def judgements(book: Casebook, notice: str) -> tuple[JudgementRow, ...]:
    """One for each act; an act may record several events. Raises NotFound."""
    book.notice(notice)
    seen, rows = set(), []
    for entry in book.history(notice):
        if isinstance(entry.event, JUDGEMENTS) and entry.record.command_id not in seen:
            seen.add(entry.record.command_id)
            row = history_row(book, entry)
            rows.append(
                JudgementRow(
                    row.index, row.recorded, row.actor, row.sentence, row.occurrence, row.occurrence_title
                )
            )
    return tuple(reversed(rows))
