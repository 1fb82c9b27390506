"""The events of a record on disk: their stored bytes, one a line, of which each is read when it is asked for."""

import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from hashlib import sha256
from typing import overload
from weakref import finalize

from domain.record import Recorded
from ledger.privacy.disclosure import Disclosed
from ledger.reading import recorded_event

_CHUNK = 1 << 20
Told = Mapping[int, Sequence[Disclosed]]


class EventsOnDisk(Sequence[Recorded]):
    """Events 1 to n in a temporary file that is gone with the process; in memory are their places and leaf hashes."""

    def __init__(self, events: Iterable[Recorded] = ()) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the events
        self._starts = array("Q", [0])
        self.told: Told = {}
        self.origin: EventsOnDisk | None = None
        finalize(self, self._file.close)
        self.leaves: list[bytes] = []
        self.extend(events)

    def extend(self, events: Iterable[Recorded]) -> None:
        """Put the stored bytes of the next events behind those that are there."""
        for each in events:
            self._file.write(each.canonical + b"\n")
            self._starts.append(self._starts[-1] + len(each.canonical) + 1)
            self.leaves.append(sha256(b"\x00" + each.canonical).digest())
        self._file.flush()

    def telling(self, told: Told) -> "EventsOnDisk":
        """The same events as their bytes and these disclosures alone tell them, by position."""
        found = copy(self)
        found.told, found.origin = told, self
        return found

    def of_type(self, type: str) -> Iterator[Recorded]:
        """Those of one type; the others are not read."""
        # In canonical bytes the type of an event stands last.
        ending = f',"type":"{type}"}}'.encode()
        for place in range(len(self)):
            if self._canonical(place).endswith(ending):
                yield self[place]

    def lines(self) -> Iterator[bytes]:
        """The file as it is, piece by piece: a line without its end is what a leaf is the hash of."""
        for start in range(0, self._starts[-1], _CHUNK):
            yield os.pread(self._file.fileno(), min(_CHUNK, self._starts[-1] - start), start)

    def __len__(self) -> int:
        return len(self.leaves)

    @overload
    def __getitem__(self, index: int) -> Recorded: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Recorded]: ...

    def __getitem__(self, index: int | slice) -> Recorded | Sequence[Recorded]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        canonical = self._canonical(place)
        return recorded_event(place + 1, canonical, self.leaves[place].hex(), self.told.get(place + 1, ()))

    def _canonical(self, place: int) -> bytes:
        start, end = self._starts[place], self._starts[place + 1]
        return os.pread(self._file.fileno(), end - start - 1, start)

    def __iter__(self) -> Iterator[Recorded]:
        return (self[index] for index in range(len(self)))
