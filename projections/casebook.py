"""Everything that the record says, folded in memory: what every other question here is asked of."""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from domain.case import Case
from domain.events.kinds import from_data
from domain.events.of_the_record import is_of_the_record
from domain.identity import OccurrenceId
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from domain.ports import Ledger
from domain.record import Recorded
from domain.refusals import NotFound

Answer = TypeVar("Answer")
_NOTICE, _OCCURRENCE = "notice/", "occ/"
_OF_ALL = ""


class RecordHasAGap(RuntimeError):
    """The ledger gave events that do not follow on from those read before; nothing was taken from them."""

    def __init__(self, expected: int, given: int) -> None:
        super().__init__(
            f"After reading the record up to event {expected - 1}, the next one given was {given}."
        )
        self.expected, self.given = expected, given


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the record, with its words read; `event` is None for one that is under no notice."""

    record: Recorded
    event: Any

    @property
    def index(self) -> int:
        return self.record.index

    @property
    def recorded(self) -> datetime:
        return self.record.recorded

    @property
    def effective(self) -> datetime:
        return self.record.envelope.effective

    @property
    def occurrence(self) -> OccurrenceId | None:
        name = self.record.envelope.occurrence
        return OccurrenceId.parse(name) if name else None


class Casebook:
    """Notices and occurrences as far as the record has been read.

    Call `catch_up` before each question; between two awaits the book does not change, so that one answer is
    made of one state of the record. With `known_at`, nothing recorded after that instant is ever taken in.
    """

    def __init__(self, ledger: Ledger, known_at: datetime | None = None) -> None:
        self._ledger = ledger
        self._known_at = known_at
        self._catching_up = asyncio.Lock()
        self._erasures: int | None = None
        self._log: list[Entry] = []
        self._notices: dict[str, Notice] = {}
        self._occurrences: dict[OccurrenceId, Occurrence] = {}
        self._under: dict[str, dict[OccurrenceId, None]] = {}
        self._naming: dict[str, set[str]] = {}
        self._histories: dict[str | OccurrenceId, list[Entry]] = {}
        self._kept: dict[str, dict[Hashable, tuple[Hashable, Any]]] = {}

    @property
    def position(self) -> int:
        """The index of the last event taken in; 0 when there is none."""
        return len(self._log)

    @property
    def ledger(self) -> Ledger:
        """The record that is read."""
        return self._ledger

    def everything(self) -> tuple[Entry, ...]:
        """Every event that has been taken in, in the order of the record."""
        return tuple(self._log)

    def known_by(self, recorded: datetime) -> int:
        """How many of the events that were taken in were recorded by an instant."""
        return bisect_right(self._log, recorded, key=lambda each: each.recorded)

    async def catch_up(self) -> int:
        """Read the record from the position on; returns the new position. Raises RecordHasAGap."""
        async with self._catching_up:
            if self._erasures is None:
                self._erasures = self._ledger.erasures
            elif self._erasures != self._ledger.erasures:
                await self._read_again()
            while rows := await self._ledger.read(after=self.position):
                known = [row for row in rows if self._known_at is None or row.recorded <= self._known_at]
                self._take(_entries_after(self.position, known))
                if len(known) < len(rows):
                    break
            return self.position

    async def as_known_at(self, recorded: datetime) -> "Casebook":
        """The book as somebody would have had it at that instant."""
        await self.catch_up()
        earlier = Casebook(self._ledger, recorded)
        earlier._take([entry for entry in self._log if entry.recorded <= recorded])
        return earlier

    def notices(self) -> tuple[Notice, ...]:
        """Every notice, in the order of issue."""
        return tuple(self._notices.values())

    def notices_naming(self, person: str) -> tuple[Notice, ...]:
        """Those under which somebody was ever named: under every other they hold no role. In the order of issue."""
        return self.notices_called(self._naming.get(person, frozenset()))

    def people_of_many(self, many: int) -> tuple[str, ...]:
        """Who was ever named under so many notices or more."""
        return tuple(person for person, names in self._naming.items() if len(names) >= many)

    def notices_called(self, names: Collection[str]) -> tuple[Notice, ...]:
        """Those of these names that there are, in the order of issue."""
        if len(names) < 2:
            return tuple(self._notices[each] for each in names if each in self._notices)
        return tuple(each for name, each in self._notices.items() if name in names)

    def notice(self, notice_id: str) -> Notice:
        """Raises NotFound."""
        if notice_id not in self._notices:
            raise NotFound(f"There is no notice “{notice_id}” in the record.")
        return self._notices[notice_id]

    def occurrences(self, notice_id: str) -> tuple[Occurrence, ...]:
        """Those of one notice that have opened, by due instant."""
        found = (self._occurrences[name] for name in self._under.get(notice_id, ()))
        return tuple(
            sorted((each for each in found if each.exists), key=lambda each: (each.facts.due, each.id))
        )

    def cases(self, notice_id: str) -> tuple[Case, ...]:
        """The same, each with its notice. Raises NotFound."""
        notice = self.notice(notice_id)
        return tuple(Case(notice, each) for each in self.occurrences(notice_id))

    def case(self, occurrence: OccurrenceId) -> Case:
        """Raises NotFound."""
        found = self._occurrences.get(occurrence)
        if found is None or not found.exists:
            raise NotFound(
                f"There is no occurrence “{occurrence}” in the record; it may not have opened yet."
            )
        return Case(self.notice(occurrence.notice), found)

    def state_of(self, stream: str) -> Notice | Occurrence | None:
        """Of a notice or an occurrence, by its stream."""
        if stream.startswith(_NOTICE):
            return self._notices.get(stream.removeprefix(_NOTICE))
        return self._occurrences.get(OccurrenceId.parse(stream)) if stream.startswith(_OCCURRENCE) else None

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        """What happened to an occurrence, or to a notice and all under it, in the order of the record."""
        return tuple(self._histories.get(of, ()))

    def event(self, index: int) -> Entry:
        """One event by its place in the record. Raises NotFound."""
        if not 1 <= index <= self.position:
            raise NotFound(f"The record holds no event {index}; the last one read is {self.position}.")
        entry = self._log[index - 1]
        if entry.event is None:
            raise NotFound(f"Event {index} belongs to another application that shares this record.")
        return entry

    def of_the_record(self, index: int) -> Recorded | None:
        """An event of the record itself by its place; None for every other."""
        found = (each.record for each in self._log if each.index == index)
        return next((each for each in found if is_of_the_record(each)), None)

    def kept(
        self,
        notice_id: str,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """An answer about one notice, worked out once, for as long as nothing happens under that notice.

        `question` says what was asked, `holds_for` what else the answer depends on, such as the day; `lasts` is asked of an
        answer that was kept, where time alone can make it untrue.
        """
        kept = self._kept.setdefault(notice_id, {})
        found = kept.get(question)
        if found is None or found[0] != holds_for or not lasts(found[1]):
            found = kept[question] = (holds_for, answer())
        return found[1]

    def kept_of_all(
        self,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """The same about all notices together: until something happens under any of them."""
        return self.kept(_OF_ALL, question, holds_for, answer, lasts)

    def shared(
        self,
        notice_id: str,
        question: Hashable,
        answer: Callable[["Casebook"], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """The same for everybody, from the whole book: what is hidden from whoever asks has to be left out of it again."""
        return self.kept(notice_id, question, None, lambda: answer(self), lasts)

    def is_shown(self, occurrence: Occurrence) -> bool:
        """Whether it is open to whoever asks."""
        return occurrence.exists

    def happened(self, notice_id: str) -> int:
        """How much has happened under a notice."""
        return len(self._histories.get(notice_id, ()))

    async def _read_again(self) -> None:
        """What was read before may have been erased since; whoever asks meanwhile is answered from what there was."""
        afresh = Casebook(self._ledger, self._known_at)
        await afresh.catch_up()
        self._log, self._histories = afresh._log, afresh._histories
        self._notices, self._occurrences = afresh._notices, afresh._occurrences
        self._under, self._naming, self._kept = afresh._under, afresh._naming, {}
        self._erasures = afresh._erasures

    def _take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._fold(entry)
            self._log.append(entry)
            about = entry.record.envelope.notice
            for subject in (about, entry.occurrence):
                if subject is not None:
                    self._histories.setdefault(subject, []).append(entry)

    def _fold(self, entry: Entry) -> None:
        stream = entry.record.stream
        if stream.startswith(_NOTICE):
            notice = stream.removeprefix(_NOTICE)
            self._put_notice(notice, evolve_notice(self._notices.get(notice, Notice()), entry.event))
        elif stream.startswith(_OCCURRENCE):
            name = OccurrenceId.parse(stream)
            before = self._occurrences.get(name, Occurrence())
            self._put_occurrence(name, evolve_occurrence(before, entry.event))

    def _put_notice(self, name: str, notice: Notice) -> None:
        before = self._notices.get(name, _NOT_ISSUED)
        self._notices[name] = notice
        self._something_happened(name)
        if notice.appointments is not before.appointments or notice.delegations is not before.delegations:
            for person in notice.people_named:
                self._naming.setdefault(person, set()).add(name)

    def _put_occurrence(self, name: OccurrenceId, occurrence: Occurrence) -> None:
        self._occurrences[name] = occurrence
        self._under.setdefault(name.notice, {})[name] = None
        self._something_happened(name.notice)

    def _something_happened(self, notice: str) -> None:
        self._kept.pop(notice, None)
        self._kept.pop(_OF_ALL, None)


_NOT_ISSUED = Notice()


def _entries_after(position: int, rows: Iterable[Recorded]) -> list[Entry]:
    """Read every event before any is taken in, so that a fault leaves the book as it was."""
    entries = []
    for expected, row in enumerate(rows, start=position + 1):
        if row.index != expected:
            raise RecordHasAGap(expected, row.index)
        entries.append(entry_of(row))
    return entries


def entry_of(row: Recorded) -> Entry:
    """An event of the record with its words read."""
    ours = row.stream.startswith((_NOTICE, _OCCURRENCE))
    return Entry(row, from_data(row.type, row.envelope.data) if ours else None)
