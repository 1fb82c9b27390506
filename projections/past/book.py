"""Everything that the record says of a notice, as it stood at one moment and was known at another."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from domain.identity import OccurrenceId
from domain.notice.fold import evolve as evolve_notice
from domain.notice.fold import fold as fold_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.fold import fold as fold_occurrence
from domain.occurrence.state import Occurrence
from domain.ports import Ledger
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Casebook, Entry, entry_of
from projections.past.folding import fold_as_at, in_effect
from projections.past.moments import Moments

State = TypeVar("State", Notice, Occurrence)
_NOTICE, _OCCURRENCE = "notice/", "occ/"


class PastBook(Casebook):
    """A book that takes in nothing more. `entries`: whole streams, in the order of the record.

    `state_now`: of a stream, where it was gone through already; one in which nothing has happened since is as it was known.
    """

    def __init__(
        self,
        ledger: Ledger,
        entries: Sequence[Entry],
        moments: Moments,
        state_now: Callable[[str], Notice | Occurrence | None] = lambda _: None,
    ) -> None:
        super().__init__(ledger, moments.known_at)
        self.moments = moments
        self._state_now = state_now
        self._whole = tuple(entries)
        known = [each for each in entries if each.recorded <= moments.known_at and each.event is not None]
        self._last = known[-1].index if known else 0
        for stream, own in _by_stream(known).items():
            if stream.startswith(_NOTICE):
                self._take_notice(stream.removeprefix(_NOTICE), own)
        for stream, own in _by_stream(known).items():
            if stream.startswith(_OCCURRENCE):
                self._take_occurrence(OccurrenceId.parse(stream), own)
        self._log.sort(key=_index)
        self._histories = _histories(self._log)

    @property
    def position(self) -> int:
        """The index of the last event that was known; 0 when there is none."""
        return self._last

    async def catch_up(self) -> int:
        return self._last

    async def as_known_at(self, recorded: datetime) -> "PastBook":
        return self.as_of(Moments(self.moments.as_at, recorded))

    def as_of(self, moments: Moments, upto: int | None = None) -> "PastBook":
        """The same streams as of other moments, and up to an event by its number."""
        entries = (each for each in self._whole if upto is None or each.index <= upto)
        return PastBook(self._ledger, tuple(entries), moments)

    def notice(self, notice_id: str) -> Notice:
        """Raises NotFound."""
        if notice_id not in self._notices:
            raise NotFound(f"The notice “{notice_id}” was not in the record as it stood then.")
        return self._notices[notice_id]

    def event(self, index: int) -> Entry:
        place = bisect_left(self._log, index, key=_index)
        if not self.holds(index):
            raise NotFound(f"No event {index} had taken effect and was known then.")
        return self._log[place]

    def holds(self, index: int) -> bool:
        """Whether an event had taken effect and was known."""
        place = bisect_left(self._log, index, key=_index)
        return place < len(self._log) and self._log[place].index == index

    def _take_notice(self, name: str, own: Sequence[Entry]) -> None:
        known = self._known(Notice, own) or fold_notice(each.event for each in own)
        counted = in_effect(known.history, self.moments.as_at)
        if counted:
            everything = len(counted) == len(own)
            self._put_notice(
                name,
                known
                if everything
                else fold_as_at(Notice(), evolve_notice, known.history, self.moments.as_at),
            )
            self._keep(own, counted)

    def _take_occurrence(self, name: OccurrenceId, own: Sequence[Entry]) -> None:
        known = self._known(Occurrence, own) or fold_occurrence(each.event for each in own)
        counted = in_effect(known.history, self.moments.as_at)
        if counted and name.notice in self._notices:
            everything = len(counted) == len(own)
            self._put_occurrence(
                name,
                known
                if everything
                else fold_as_at(Occurrence(), evolve_occurrence, known.history, self.moments.as_at),
            )
            self._keep(own, counted)

    def _known(self, kind: type[State], own: Sequence[Entry]) -> State | None:
        now = self._state_now(own[0].record.stream)
        return now if isinstance(now, kind) and now.version == len(own) else None

    def _keep(self, own: Iterable[Entry], counted: frozenset[int]) -> None:
        self._log.extend(each for each in own if each.record.version in counted)


async def read_past(ledger: Ledger, notice: str, moments: Moments) -> PastBook:
    """The book of one notice; no other is read."""
    return book_of(ledger, await ledger.read_by(notice), moments)


async def read_past_occurrence(ledger: Ledger, occurrence: OccurrenceId, moments: Moments) -> PastBook:
    """The book of one occurrence and its notice; the streams of no other occurrence are read."""
    rows = [
        *await ledger.read_stream(f"{_NOTICE}{occurrence.notice}"),
        *await ledger.read_stream(occurrence.stream),
    ]
    return book_of(ledger, sorted(rows, key=lambda each: each.index), moments)


def book_of(ledger: Ledger, rows: Iterable[Recorded], moments: Moments) -> PastBook:
    return PastBook(ledger, [entry_of(row) for row in rows], moments)


def _index(entry: Entry) -> int:
    return entry.index


def _by_stream(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(each.record.stream, []).append(each)
    return found


def _histories(entries: Iterable[Entry]) -> dict[str | OccurrenceId, list[Entry]]:
    found: dict[str | OccurrenceId, list[Entry]] = {}
    for entry in entries:
        for subject in (entry.record.envelope.notice, entry.occurrence):
            if subject is not None:
                found.setdefault(subject, []).append(entry)
    return found
