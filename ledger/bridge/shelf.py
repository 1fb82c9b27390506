"""Which streams of the log an application of the library sees, and how their events look to it."""

import base64
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent, Tracking

from domain.actor import Actor
from domain.clock import LiveClock
from domain.record import Envelope, Recorded

STORED = "library-event-stored.v1"
TRACKED = "library-position-tracked.v1"
LIBRARY = Actor("system", "eventsourcing")
_CLOCK = LiveClock()


class Shelf(Protocol):
    """A part of the log."""

    def holds(self, stream: str) -> bool:
        """Whether a stream belongs to it."""
        ...

    def stream_of(self, originator_id: UUID | str) -> str:
        """The stream of one of the library's sequences."""
        ...

    def stored(self, event: Recorded) -> StoredEvent:
        """An event of ours as the library reads it."""
        ...


def notification(shelf: Shelf, event: Recorded) -> Notification:
    """An event with its position in the log."""
    stored = shelf.stored(event)
    return Notification(
        originator_id=stored.originator_id,
        originator_version=stored.originator_version,
        topic=stored.topic,
        state=stored.state,
        id=event.index,
    )


@dataclass(frozen=True, slots=True)
class LibraryShelf:
    """Whatever the library stores for one application and purpose, in streams under a prefix of their own."""

    application: str
    purpose: str = "events"

    @property
    def prefix(self) -> str:
        return f"es/{quote(self.application, safe='') or '-'}/{quote(self.purpose, safe='')}/"

    def holds(self, stream: str) -> bool:
        return stream.startswith(self.prefix)

    def stream_of(self, originator_id: UUID | str) -> str:
        return self.prefix + quote(str(originator_id), safe=":/@+,=")

    def stored(self, event: Recorded) -> StoredEvent:
        data = event.envelope.data
        name = data["originator_id"]
        return StoredEvent(
            originator_id=UUID(name) if data["originator_id_type"] == "uuid" else name,
            originator_version=data["originator_version"],
            topic=data["topic"],
            state=base64.b64decode(data["state"]),
        )


def envelope_of(event: StoredEvent) -> Envelope:
    """An event of the library as the ledger stores it: its topic, and its state in base64 (RFC 4648)."""
    return _envelope(
        STORED,
        {
            "originator_id": str(event.originator_id),
            "originator_id_type": "uuid" if isinstance(event.originator_id, UUID) else "text",
            "originator_version": event.originator_version,
            "topic": event.topic,
            "state": base64.b64encode(event.state).decode("ascii"),
        },
    )


def envelope_of_tracking(tracking: Tracking) -> Envelope:
    """How far a follower has come in the log of an application."""
    return _envelope(
        TRACKED, {"application": tracking.application_name, "notification_id": tracking.notification_id}
    )


def _envelope(topic: str, data: dict[str, Any]) -> Envelope:
    return Envelope(uuid4(), topic, _CLOCK.now(), LIBRARY, data)
