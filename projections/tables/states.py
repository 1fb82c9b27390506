"""Notices and occurrences at one place of the record, folded by the domain; read from the record when they are needed."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.case import Case
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from projections.tables.happened import NOTICE, Happened

ROOM = 200_000
NOT_YET = Occurrence()


class StandsStill(Exception):
    """An earlier event of the stream could not be folded."""


@dataclass(slots=True)
class Binder:
    """A notice with everything under it. `events`: how many it is made of. `broken`: streams that stand still."""

    notice: Notice = field(default_factory=Notice)
    occurrences: dict[str, Occurrence] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    events: int = 0

    def case(self, stream: str) -> Case:
        return Case(self.notice, self.occurrences.get(stream, NOT_YET))

    def fold(self, happened: Happened) -> None:
        """Take one more event, or raise whatever is wrong with it; then its stream stands still."""
        self.events += 1
        stream = happened.subject
        if stream in self.broken:
            raise StandsStill(f"An earlier event of “{stream}” could not be taken.")
        try:
            if stream.startswith(NOTICE):
                self.notice = evolve_notice(self.notice, happened.event)
            else:
                before = self.occurrences.get(stream, NOT_YET)
                self.occurrences[stream] = evolve_occurrence(before, happened.event)
        except Exception:
            self.broken.add(stream)
            raise

    def opened(self) -> Iterator[str]:
        return (stream for stream, each in self.occurrences.items() if each.exists)


class States:
    """Binders as they are after the event at `position`; those used least lately make room for others."""

    def __init__(self, position: int, room: int = ROOM) -> None:
        self.position = position
        self._room = room
        self._binders: OrderedDict[str, Binder] = OrderedDict()

    def missing(self, notices: Iterable[str]) -> list[str]:
        """Which of them have to be read from the record first."""
        return [each for each in dict.fromkeys(notices) if each not in self._binders]

    def load(self, notice: str, events: Iterable[Happened]) -> None:
        """Take a notice as its events up to the position make it; what cannot be folded stands still."""
        self._binders[notice] = binder = Binder()
        for each in events:
            try:
                binder.fold(each)
            except Exception:  # noqa: BLE001, S112 - it was parked when it was met first
                continue

    def binder(self, notice: str) -> Binder:
        self._binders.move_to_end(notice)
        return self._binders[notice]

    def make_room(self) -> Iterator[tuple[str, Binder]]:
        """Let go of what is too much, and say what."""
        total = sum(each.events for each in self._binders.values())
        while total > self._room and len(self._binders) > 1:
            name, gone = self._binders.popitem(last=False)
            total -= gone.events
            yield name, gone

    def binders(self) -> Iterable[tuple[str, Binder]]:
        return list(self._binders.items())
