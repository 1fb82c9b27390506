"""A ledger with an event loop of its own, for callers that know no asyncio."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import AbstractAsyncContextManager, contextmanager
from threading import Lock, Thread
from typing import Any, TypeVar

from eventsourcing.persistence import (
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    PersistenceError,
)

from domain.ports import Ledger
from domain.record import (
    CommandIdReused,
    Conflict,
    LedgerRefusal,
    LedgerUnreachable,
    SimulatedTimeRefused,
    UnfitEvent,
)

Answer = TypeVar("Answer")
CANCELLED = (CancelledError, asyncio.CancelledError)
_CLOSED = "The ledger of this factory has been closed."
MakeLedger = Callable[[], AbstractAsyncContextManager[Ledger]]

_IN_THE_LIBRARY: dict[type[LedgerRefusal], type[PersistenceError]] = {
    Conflict: IntegrityError,
    CommandIdReused: IntegrityError,
    UnfitEvent: DataError,
    LedgerUnreachable: OperationalError,
    SimulatedTimeRefused: NotSupportedError,
}


class LedgerThread:
    """Opens its ledger at first use. What many threads ask at the same moment, the ledger commits together."""

    def __init__(self, make: MakeLedger) -> None:
        self._make = make
        self._starting = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._opened: AbstractAsyncContextManager[Ledger] | None = None
        self._ledger: Ledger | None = None
        self._closed = False

    @property
    def ledger(self) -> Ledger:
        """The open ledger; it may be used only inside `run` and `start`."""
        with self._starting:
            if self._closed:
                raise InterfaceError(_CLOSED)
            if self._ledger is None:
                self._ledger = self._open()
            return self._ledger

    def run(self, work: Callable[[Ledger], Coroutine[Any, Any, Answer]]) -> Answer:
        """Do the work on the ledger's own loop and wait for it; refusals come in the library's own words."""
        with in_the_librarys_words():
            try:
                return self.start(work).result()
            except CANCELLED:
                raise InterfaceError(_CLOSED) from None

    def start(self, work: Callable[[Ledger], Coroutine[Any, Any, Answer]]) -> Future[Answer]:
        """Begin the work on the ledger's own loop; the future can be cancelled from any thread."""
        with in_the_librarys_words():
            ledger = self.ledger
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work(ledger), self._loop)

    def close(self) -> None:
        """Close the ledger and end its thread; doing it twice changes nothing."""
        with self._starting:
            self._closed = True
            loop, thread, opened = self._loop, self._thread, self._opened
            self._loop = self._thread = self._opened = self._ledger = None
        if loop is None or thread is None:
            return
        if opened is not None:
            asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result()
        asyncio.run_coroutine_threadsafe(_let_go(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _open(self) -> Ledger:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = Thread(target=self._loop.run_forever, name="ledger of the library", daemon=True)
            self._thread.start()
        opened = self._make()
        ledger = asyncio.run_coroutine_threadsafe(opened.__aenter__(), self._loop).result()
        self._opened = opened
        return ledger


async def _let_go() -> None:
    """Whoever still waits for an answer must not wait for ever."""
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


@contextmanager
def in_the_librarys_words() -> Iterator[None]:
    """Raise the library's errors for the ledger's refusals."""
    try:
        yield
    except LedgerRefusal as refusal:
        kind = next(
            (theirs for ours, theirs in _IN_THE_LIBRARY.items() if isinstance(refusal, ours)),
            OperationalError,
        )
        raise kind(str(refusal)) from refusal
