"""A casebook over events that lie somewhere else: it keeps states, and reads an event again when it is asked for."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.identity import OccurrenceId
from domain.ports import Ledger
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Casebook, Entry, entry_of


class BookOnDisk(Casebook):
    """A book that takes in nothing more. What it holds in memory does not grow with the words of the events."""

    def __init__(self, ledger: Ledger, events: Sequence[Recorded]) -> None:
        """`events`: the first ones of a record."""
        super().__init__(ledger)
        self._events = events
        self._others = array("Q")
        self._places: dict[str | OccurrenceId, array[int]] = {}
        for each in events:
            entry = entry_of(each)
            self._fold(entry)
            if each.envelope.notice is None:
                self._others.append(each.index)
            for subject in (each.envelope.notice, entry.occurrence):
                if subject is not None:
                    self._places.setdefault(subject, array("Q")).append(each.index)

    @property
    def position(self) -> int:
        return len(self._events)

    @property
    def ends(self) -> datetime:
        """When its newest event was recorded."""
        return self._events[-1].recorded

    async def catch_up(self) -> int:
        return self.position

    async def as_known_at(self, recorded: datetime) -> "BookOnDisk":
        """The book as somebody would have had it at that instant."""
        return BookOnDisk(self._ledger, [each for each in self._events if each.recorded <= recorded])

    def event(self, index: int) -> Entry:
        """One event by its place in the record, read anew. Raises NotFound."""
        if not 1 <= index <= self.position:
            raise NotFound(f"The record holds no event {index}; the last one read is {self.position}.")
        entry = entry_of(self._events[index - 1])
        if entry.event is None:
            raise NotFound(f"Event {index} belongs to another application that shares this record.")
        return entry

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        """What happened to an occurrence, or to a notice and all under it, in the order of the record."""
        return tuple(entry_of(each) for each in self.recorded_of(of))

    def under_no_notice(self) -> Iterator[Recorded]:
        """What happened to the record itself, and what another application recorded."""
        return (self._events[index - 1] for index in self._others)

    def recorded_of(self, of: str | OccurrenceId) -> Iterator[Recorded]:
        """The same, as the record holds it, one by one."""
        return (self._events[index - 1] for index in self._places.get(of, ()))
