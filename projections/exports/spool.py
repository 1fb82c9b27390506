"""What an export is made of, on disk and not in memory: written once, read again as often as it is asked for."""

import os
import pickle
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload
from weakref import finalize

T = TypeVar("T")
_CHUNK = 1 << 16


class Spool(Sequence[T], Generic[T]):
    """A sequence in a temporary file that is gone with the process; only the places of its items are in memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the sequence
        self._starts = array("Q", [0])
        self._flushed = True
        finalize(self, self._file.close)

    def extend(self, items: Iterable[T]) -> None:
        for each in items:
            self.append(each)

    def append(self, each: T) -> None:
        written = pickle.dumps(each, pickle.HIGHEST_PROTOCOL)
        self._file.write(written)
        self._starts.append(self._starts[-1] + len(written))
        self._flushed = False

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        if not self._flushed:
            self._file.flush()
            self._flushed = True
        start, end = self._starts[place], self._starts[place + 1]
        found: T = pickle.loads(os.pread(self._file.fileno(), end - start, start))  # noqa: S301 - written by ourselves
        return found

    def __iter__(self) -> Iterator[T]:
        return (self[index] for index in range(len(self)))


def in_chunks(text: Iterable[str], encoding: str = "utf-8") -> Iterator[bytes]:
    """Many short texts as fewer, longer pieces of bytes."""
    waiting: list[str] = []
    length = 0
    for each in text:
        waiting.append(each)
        length += len(each)
        if length >= _CHUNK:
            yield "".join(waiting).encode(encoding)
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode(encoding)
