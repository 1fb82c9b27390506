"""The events that an export is made of: those of one notice, or of the whole record."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.refusals import NotFound
from projections.casebook import Casebook, Entry


@dataclass(frozen=True, slots=True)
class Source:
    """A book that has been caught up, and the notice to which an export keeps; every notice if None."""

    book: Casebook
    notice: str | None = None

    def entries(self) -> Iterator[Entry]:
        """Ours, in the order of the record. Raises NotFound for a notice that it does not hold."""
        if self.notice is not None:
            self.book.notice(self.notice)
        for index in range(1, self.book.position + 1):
            with suppress(NotFound):  # another application's event
                entry = self.book.event(index)
                if self.notice in (None, entry.record.envelope.notice):
                    yield entry

    def notice_of(self, entry: Entry) -> Notice:
        return self.book.notice(entry.record.envelope.notice or "")

    def occurrence_of(self, entry: Entry) -> Occurrence | None:
        return self.book.case(entry.occurrence).occurrence if entry.occurrence else None
