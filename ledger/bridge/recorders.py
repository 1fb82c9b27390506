"""The library's recorders on the ledger: appended like everything else, with leaf, receipt and dense position."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)

from domain.ports import Ledger
from domain.record import Append, Conflict, StreamWrite
from ledger.bridge.reading import LedgerSubscription, Reading
from ledger.bridge.shelf import LibraryShelf, envelope_of, envelope_of_tracking
from ledger.bridge.thread import LedgerThread

_NEW = frozenset((0, 1))


class _Writing:
    """Stores events of the library, and positions of its followers, in one command."""

    def __init__(self, events: LibraryShelf, tracking: LibraryShelf) -> None:
        self._events = events
        self._tracking = tracking

    async def insert(
        self, ledger: Ledger, stored: Sequence[StoredEvent], tracking: Tracking | None
    ) -> list[int]:
        """The positions of the events, in the order in which they were given; raises IntegrityError."""
        by_stream: dict[str, list[int]] = {}
        for place, event in enumerate(stored):
            by_stream.setdefault(self._events.stream_of(event.originator_id), []).append(place)
        for certain in (False, True):
            writes = [
                await self._write(ledger, stream, [stored[place] for place in places], certain=certain)
                for stream, places in by_stream.items()
            ]
            if tracking is not None:
                writes.append(await self._track(ledger, tracking))
            if not writes:
                return []
            try:
                receipt = await ledger.append(Append(uuid4(), tuple(writes)))
            except Conflict as conflict:
                if certain:
                    raise IntegrityError(str(conflict)) from conflict
            else:
                return _in_order(by_stream, receipt.first_index)
        raise AssertionError("unreachable")

    async def tracked(self, ledger: Ledger, application: str) -> tuple[int, int | None]:
        """The version of a follower's stream, and the position it has reached (None: it has not begun)."""
        stream = self._tracking.stream_of(application)
        version = (await ledger.streams(stream)).get(stream, 0)
        if version == 0:
            return 0, None
        newest = (await ledger.read_stream(stream, after=version - 1))[-1]
        return newest.version, newest.envelope.data["notification_id"]

    async def _track(self, ledger: Ledger, tracking: Tracking) -> StreamWrite:
        version, reached = await self.tracked(ledger, tracking.application_name)
        if reached is not None and tracking.notification_id <= reached:
            raise IntegrityError(
                f"“{tracking.application_name}” has been followed up to {reached}; {tracking.notification_id} is not behind it."
            )
        stream = self._tracking.stream_of(tracking.application_name)
        return StreamWrite(stream, version, (envelope_of_tracking(tracking),))

    async def _write(
        self, ledger: Ledger, stream: str, events: Sequence[StoredEvent], *, certain: bool
    ) -> StreamWrite:
        first = events[0].originator_version
        version, newest = 0, -1
        if certain or first not in _NEW:
            version, newest = await self._end_of(ledger, stream, first)
        for event in events:
            if event.originator_version <= newest:
                raise IntegrityError(
                    f"Version {event.originator_version} of “{event.originator_id}” is already recorded."
                )
            newest = event.originator_version
        return StreamWrite(stream, version, tuple(envelope_of(event) for event in events))

    async def _end_of(self, ledger: Ledger, stream: str, first: int) -> tuple[int, int]:
        """The ledger's version of a stream, and the newest originator version in it (-1: none)."""
        events = await ledger.read_stream(stream, after=max(first - 2, 0))
        if not events and first > 2:
            events = await ledger.read_stream(stream)
        if not events:
            return 0, -1
        return events[-1].version, events[-1].envelope.data["originator_version"]


class _OnLedger:
    """What every recorder here is made of."""

    def __init__(self, thread: LedgerThread, application: str = "", purpose: str = "events") -> None:
        shelf = LibraryShelf(application, purpose)
        self.thread = thread
        self._reading = Reading(thread, shelf)
        self._writing = _Writing(shelf, LibraryShelf(application, "tracking"))

    def _insert(self, stored_events: Sequence[StoredEvent], tracking: Tracking | None = None) -> list[int]:
        return self.thread.run(lambda ledger: self._writing.insert(ledger, stored_events, tracking))


class LedgerAggregateRecorder(_OnLedger, AggregateRecorder):
    """Sequences of events, such as snapshots."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Store events, all or none; raises IntegrityError when a version is already recorded."""
        self._insert(stored_events)
        return None

    def select_events(self, *args: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        """See `Reading.select_events`."""
        return self._reading.select_events(*args, **kwargs)


class LedgerApplicationRecorder(LedgerAggregateRecorder, ApplicationRecorder):
    """Sequences of events, and the log of all of them; a notification's id is its position in the ledger."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Store events, all or none, and answer with their positions in the log."""
        return self._insert(stored_events)

    def select_notifications(self, *args: Any, **kwargs: Any) -> Any:
        """See `Reading.select_notifications`."""
        return self._reading.select_notifications(*args, **kwargs)

    def max_notification_id(self) -> int | None:
        """The position of the newest event, or None."""
        return self._reading.max_notification_id()

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Notifications with a position above `gt`, for ever."""
        return LedgerSubscription(self, self._reading, gt, topics)


class LedgerTrackingRecorder(_OnLedger, TrackingRecorder):
    """How far followers have come."""

    def insert_tracking(self, tracking: Tracking) -> None:
        """Remember a position; raises IntegrityError unless it lies behind the one before."""
        self._insert((), tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """The position that was reached in the log of an application, or None."""
        return self.thread.run(lambda ledger: self._writing.tracked(ledger, application_name))[1]


class LedgerProcessRecorder(LedgerTrackingRecorder, LedgerApplicationRecorder, ProcessRecorder):
    """Events and the position that caused them, in one transaction."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Store events, with `tracking` if given, all or none."""
        return self._insert(stored_events, kwargs.get("tracking"))


def _in_order(by_stream: dict[str, list[int]], first_index: int) -> list[int]:
    """Positions in the order of the call: the ledger keeps the events of one stream together."""
    places = [place for places in by_stream.values() for place in places]
    positions = {place: first_index + number for number, place in enumerate(places)}
    return [positions[place] for place in range(len(places))]
