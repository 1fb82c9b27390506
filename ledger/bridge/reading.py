"""The reading half of the library's recorders: sequences, the notification log, subscriptions."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from threading import Lock
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    InterfaceError,
    Notification,
    StoredEvent,
    Subscription,
)

from domain.ports import Ledger
from domain.record import Recorded
from ledger.bridge.shelf import Shelf, notification
from ledger.bridge.thread import CANCELLED, LedgerThread, in_the_librarys_words

_LARGEST_PAGE = 5000
_LOOK_BACK = 500


class Reading:
    """Reads one shelf of the log."""

    def __init__(self, thread: LedgerThread, shelf: Shelf) -> None:
        self.thread = thread
        self.shelf = shelf

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one sequence with gt < originator version <= lte, at most `limit`, newest first if `desc`."""
        stream = self.shelf.stream_of(originator_id)
        events = self.thread.run(lambda ledger: self._since(ledger, stream, gt))
        chosen = [
            event
            for event in events
            if (gt is None or event.originator_version > gt)
            and (lte is None or event.originator_version <= lte)
        ]
        return (chosen[::-1] if desc else chosen)[:limit]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """At most `limit` events of the shelf from position `start` to `stop`, in the order of the log."""
        after = 0 if start is None else start - int(inclusive_of_start)
        return self.thread.run(lambda ledger: self._notifications(ledger, after, limit, stop, topics))

    def max_notification_id(self) -> int | None:
        """The position of the newest event of the shelf, or None when it is empty."""
        return self.thread.run(self._newest)

    async def _since(self, ledger: Ledger, stream: str, gt: int | None) -> list[StoredEvent]:
        """The events behind originator version `gt`, and perhaps some before.

        The ledger counts each stream from 1. The library may count from 0, and leaves gaps between snapshots; a
        sequence with a gap shows in an originator version above the ledger's, and is read whole.
        """
        skipped = max((gt or 0) - 1, 0)
        events = await ledger.read_stream(stream, after=skipped)
        stored = [self.shelf.stored(event) for event in events]
        if skipped and (not events or stored[0].originator_version > events[0].version):
            return [self.shelf.stored(event) for event in await ledger.read_stream(stream)]
        return stored

    async def _notifications(
        self, ledger: Ledger, after: int, limit: int, stop: int | None, topics: Sequence[str]
    ) -> list[Notification]:
        found: list[Notification] = []
        size = min(limit, _LARGEST_PAGE)
        while len(found) < limit and (page := await ledger.read(after, size)):
            after = page[-1].index
            found.extend(self.chosen(page, topics, stop))
            if stop is not None and after >= stop:
                break
            size = min(4 * size, _LARGEST_PAGE)
        return found[:limit]

    def chosen(
        self, page: Sequence[Recorded], topics: Sequence[str] = (), stop: int | None = None
    ) -> list[Notification]:
        """Those events of a page that are on the shelf, of these topics (none: of all), up to position `stop`."""
        told = (
            notification(self.shelf, event)
            for event in page
            if self.shelf.holds(event.stream) and (stop is None or event.index <= stop)
        )
        return [each for each in told if not topics or each.topic in topics]

    async def _newest(self, ledger: Ledger) -> int | None:
        end = (await ledger.head()).size
        while end > 0:
            start = max(end - _LOOK_BACK, 0)
            page = await ledger.read(start, end - start)
            held = [event.index for event in page if self.shelf.holds(event.stream)]
            if held:
                return held[-1]
            end = start
        return None


class LedgerSubscription(Subscription[ApplicationRecorder]):
    """Notifications for ever, woken by the ledger. `stop` may be called from any thread, and while one waits."""

    def __init__(
        self, recorder: ApplicationRecorder, reading: Reading, gt: int | None, topics: Sequence[str]
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._reading = reading
        self._batches: Any = None
        self._ready: list[Notification] = []
        self._waiting: Future[list[Notification]] | None = None
        self._fetching: asyncio.Task[Any] | None = None
        self._changing = Lock()

    def __next__(self) -> Notification:
        """The next notification; waits until there is one."""
        while not self._has_been_stopped:
            if self._ready:
                return self._ready.pop()
            with self._changing:
                if self._has_been_stopped:
                    break
                self._waiting = self._reading.thread.start(self._fetch)
            try:
                with in_the_librarys_words():
                    self._ready = self._waiting.result()[::-1]
            except CANCELLED:
                break
        raise StopIteration

    def stop(self) -> None:
        """End the iteration, for whoever waits in it too."""
        with self._changing:
            super().stop()
            waiting = self._waiting
        if waiting is not None and not waiting.done():
            waiting.cancel()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        """Stop, and let go of what following held."""
        super().__exit__(*args, **kwargs)
        # A ledger that was closed before has let go of everything.
        with suppress(InterfaceError):
            self._reading.thread.run(lambda _: self._let_go())

    async def _let_go(self) -> None:
        if self._fetching is not None:
            # A future that is cancelled is done at once, its task only later.
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        if self._batches is not None:
            await self._batches.aclose()

    async def _fetch(self, ledger: Ledger) -> list[Notification]:
        self._fetching = asyncio.current_task()
        if self._batches is None:
            self._batches = ledger.follow(self._last_notification_id or 0)
        try:
            page = await anext(self._batches)
        except StopAsyncIteration:
            # A future cannot carry it.
            raise CancelledError from None
        return self._reading.chosen(page, self._topics)
