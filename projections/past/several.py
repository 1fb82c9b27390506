"""The past of several notices, put together from the past of each."""

from collections.abc import Sequence
from datetime import datetime

from domain.identity import OccurrenceId
from domain.ports import Ledger
from domain.refusals import NotFound
from projections.casebook import Entry
from projections.past.book import PastBook
from projections.past.moments import Moments


class PastOfSeveral(PastBook):
    """`parts`: one notice each, as of the same moments. No event is gone through again, nor put in order before it is asked for."""

    def __init__(self, ledger: Ledger, parts: Sequence[PastBook], moments: Moments) -> None:
        super().__init__(ledger, (), moments)
        self._parts = tuple(parts)
        for part in self._parts:
            for notice in part.notices():
                self._put_notice(notice.terms.id, notice)
                for occurrence in part.occurrences(notice.terms.id):
                    self._put_occurrence(occurrence.id, occurrence)

    @property
    def position(self) -> int:
        return max((part.position for part in self._parts), default=0)

    async def catch_up(self) -> int:
        return self.position

    def as_of(self, moments: Moments, upto: int | None = None) -> PastBook:
        parts = [part.as_of(moments, upto) for part in self._parts]
        return PastOfSeveral(self.ledger, parts, moments)

    def known_by(self, recorded: datetime) -> int:
        return sum(part.known_by(recorded) for part in self._parts)

    def everything(self) -> tuple[Entry, ...]:
        found = (entry for part in self._parts for entry in part.everything())
        return tuple(sorted(found, key=lambda entry: entry.index))

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        return next((found for part in self._parts if (found := part.history(of))), ())

    def happened(self, notice_id: str) -> int:
        return sum(part.happened(notice_id) for part in self._parts)

    def event(self, index: int) -> Entry:
        for part in self._parts:
            if part.holds(index):
                return part.event(index)
        raise NotFound(f"No event {index} had taken effect and was known then.")
