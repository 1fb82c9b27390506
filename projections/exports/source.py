"""The events that an export is made of: those of one notice, or of the whole record."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Casebook, Entry
from projections.exports.book import BookOnDisk


@dataclass(frozen=True, slots=True)
class Source:
    """A book that has been caught up, and the notice to which an export keeps; every notice if None.

    `others`: events of the record itself, that are under no notice (a new key of the log, an erasure) or another
    application's. They belong to an export of the whole record.
    """

    book: Casebook
    notice: str | None = None
    others: Sequence[Recorded] = ()

    def entries(self) -> Iterator[Entry]:
        """Those of notices, in the order of the record. Raises NotFound for a notice that it does not hold."""
        if self.notice is not None:
            self.book.notice(self.notice)
        for index in range(1, self.book.position + 1):
            with suppress(NotFound):
                entry = self.book.event(index)
                if self.notice in (None, entry.record.envelope.notice):
                    yield entry

    def under(self, notice: str) -> Iterator[Entry]:
        """Those of one notice."""
        return (each for each in self.book.history(notice) if each.event is not None)

    def everything(self) -> Iterator[Entry | Recorded]:
        """The same, with the record's own among them where they stand in the log."""
        waiting = list(reversed(self.others))
        for entry in self.entries():
            while waiting and waiting[-1].index < entry.index:
                yield waiting.pop()
            yield entry
        yield from reversed(waiting)

    def notice_of(self, entry: Entry) -> Notice:
        return self.book.notice(entry.record.envelope.notice or "")

    def occurrence_of(self, entry: Entry) -> Occurrence | None:
        return self.book.case(entry.occurrence).occurrence if entry.occurrence else None


def source_of(book: BookOnDisk, notice: str | None = None) -> Source:
    """An export of the events that a book was read from."""
    return Source(book, notice, () if notice else tuple(book.under_no_notice()))
