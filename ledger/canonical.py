"""The stored bytes of an event: an envelope in the shape of CloudEvents 1.0, in the canonical profile.

Only the ledger knows the recorded time, and only under its lock, so an event is encoded as what stands before
that time and what stands after it. Keys are sorted, which leaves nothing but the type behind ``time``.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from domain.actor import Actor
from domain.events.kinds import plan_for
from domain.record import Envelope, UnfitEvent
from domain.values import write_instant
from ledger.privacy.commitments import Withheld, withhold
from ledger.profile import LARGEST_EVENT, require_fit, require_stream, require_text, spell

SOURCE = "forthwith"
_OPTIONAL = ("notice", "obligation", "occurrence", "rung", "authority", "reason", "causation", "correlation")
_OPTIONAL_OF = attrgetter(*_OPTIONAL)
_SOME_TIME = "0000-00-00T00:00:00.000000Z"


class Template(NamedTuple):
    """An event's canonical bytes with the recorded time left out, and the values that they only hold commitments to."""

    prefix: bytes
    suffix: bytes
    withheld: tuple[Withheld, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes it will have."""
        return len(self.prefix) + len(_SOME_TIME) + len(self.suffix)

    def at(self, recorded: datetime) -> bytes:
        """The canonical bytes of the event recorded at this time."""
        return self.around(write_instant(recorded).encode("ascii"))

    def around(self, stamp: bytes) -> bytes:
        """The same, of a time that is written already."""
        return self.prefix + stamp + self.suffix


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the canonical bytes say."""

    envelope: Envelope
    stream: str
    version: int
    recorded: datetime
    command_id: UUID


def leaf_hash(canonical: bytes) -> bytes:
    """The Merkle leaf of an event (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + canonical).digest()


def for_the_record(event: Envelope) -> tuple[Envelope, tuple[Withheld, ...]]:
    """An event as the record will have it: commitments in place of names, addresses and free text; and these values."""
    plan = plan_for(event.type)
    if plan is None or not isinstance(event.data, dict):
        return event, ()
    # Judged by its own words, while they can still be named.
    require_fit(event.data, "event.data")
    data, withheld = withhold(event.data, plan)
    if not withheld:
        return event, ()
    size = sum(len(each.content) for each in withheld)
    if size > LARGEST_EVENT:
        raise UnfitEvent(
            f"The texts of the event are {size} bytes long; at most {LARGEST_EVENT} can be stored."
        )
    return replace(event, data=data), tuple(withheld)


def encode(
    event: Envelope, stream: str, version: int, command_id: UUID, withheld: tuple[Withheld, ...] = ()
) -> Template:
    """An event's bytes around its recorded time; raises UnfitEvent with a sentence that names the path."""
    require_stream(stream)
    _require_words(event)
    require_fit(event.data, "event.data")
    written = spell(_document(event, stream, version, command_id))
    suffix = b'","type":' + orjson.dumps(event.type) + b"}"
    prefix = written[: -len(suffix) - len(_SOME_TIME)]
    template = Template(prefix, suffix, withheld)
    if template.size > LARGEST_EVENT:
        raise UnfitEvent(f"The event is {template.size} bytes long; at most {LARGEST_EVENT} can be stored.")
    return template


def instant(value: datetime, path: str) -> datetime:
    """The same instant in UTC; raises UnfitEvent for a time without a zone or outside the years 1 to 9999."""
    if value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise UnfitEvent(f"{path} is a time without a zone.")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise UnfitEvent(f"{path} is a time outside the years 1 to 9999.") from None


def decode(canonical: bytes) -> Decoded:
    """Read stored bytes back. They are taken as they are; proving them canonical is the verifier's task."""
    document = orjson.loads(canonical)
    kind, _, actor = document["actor"].partition(":")
    envelope = Envelope(
        UUID(document["id"]),
        document["type"],
        datetime.fromisoformat(document["effective"]),
        Actor(kind, actor),
        document["data"],
        *(document.get(name) for name in _OPTIONAL),
    )
    return Decoded(
        envelope,
        document["subject"],
        document["streamversion"],
        datetime.fromisoformat(document["time"]),
        UUID(document["commandid"]),
    )


def statement(event: Envelope) -> dict[str, Any]:
    """What an event says, without when it was decided and what it was numbered."""
    return {
        "notice": event.notice,
        "obligation": event.obligation,
        "occurrence": event.occurrence,
        "rung": event.rung,
        "authority": event.authority,
        "reason": event.reason,
        "type": event.type,
        "actor": str(event.actor),
        "data": event.data,
    }


def _require_words(event: Envelope) -> None:
    if not event.type or not event.actor.kind or not event.actor.id or not isinstance(event.data, dict):
        raise UnfitEvent("An event needs a type, an actor, and its data as an object.")
    require_text(event.type, "event.type")
    require_text(event.actor.id, "event.actor")


def _document(event: Envelope, stream: str, version: int, command_id: UUID) -> dict[str, Any]:
    document = {
        "specversion": "1.0",
        "id": event.id,
        "source": SOURCE,
        "type": event.type,
        "subject": stream,
        "time": _SOME_TIME,
        "datacontenttype": "application/json",
        "data": event.data,
        "effective": write_instant(instant(event.effective, "event.effective")),
        "actor": str(event.actor),
        "commandid": command_id,
        "streamversion": version,
    }
    for name, value in zip(_OPTIONAL, _OPTIONAL_OF(event), strict=True):
        if value is not None:
            require_text(value, f"event.{name}")
            document[name] = value
    return document
