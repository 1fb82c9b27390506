"""From stored bytes to events, fast: the envelope by msgspec, the event's words only when somebody asks for them.

Stored bytes were validated on their way in, so they are decoded into the event's class without validating them again. A
test proves that this gives what the domain's own codec gives.
"""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import orjson
from pydantic import BaseModel

from domain.events import instrument, tending
from domain.events.kinds import BY_TOPIC, from_data, plan_for
from domain.events.withheld import KEPT_APART, may_hold_commitments, restored

OCCURRENCE, NOTICE = "occ/", "notice/"


class HoleInTheRecord(Exception):
    """A position is missing from the record. Somebody has removed an event, or the store is broken."""


class Happened(msgspec.Struct):
    """One event. `index` is its place in the record; times are in UTC. `data` are its words as they are stored."""

    type: str
    subject: str
    streamversion: int
    time: datetime
    effective: datetime
    actor: str
    data: msgspec.Raw
    notice: str | None = None
    occurrence: str | None = None
    index: int = 0
    read: Any = None

    @property
    def event(self) -> Any:
        """Its words, as the class of its kind; raises whatever is wrong with them."""
        if self.read is None:
            self.read = typed(self.type, self.data)
        return self.read

    @property
    def is_ours(self) -> bool:
        """Other applications may share the record."""
        return self.subject.startswith((OCCURRENCE, NOTICE))

    @property
    def under(self) -> str:
        """The notice whose stream it is, or under which the occurrence is."""
        return notice_of(self.subject)


_DOMAINS_OWN = (instrument.__name__, tending.__name__)
_DECODER = msgspec.json.Decoder(Happened)


def notice_of(stream: str) -> str:
    """The identifier of the notice to which a stream belongs."""
    return stream.split("/", 2)[1]


def happened(index: int, canonical: bytes) -> Happened:
    """An event from its row; raises msgspec.DecodeError when the bytes are no event."""
    told = _DECODER.decode(canonical)
    told.index = index
    return told


def page_after(position: int, rows: list[Any]) -> list[Happened]:
    """Rows of index and bytes as events; raises HoleInTheRecord unless they begin behind `position` and miss nothing."""
    for expected, row in enumerate(rows, start=position + 1):
        if row[0] != expected:
            raise HoleInTheRecord(f"Event {expected} is missing from the record; the next one is {row[0]}.")
    return [happened(row[0], row[1]) for row in rows]


def typed(topic: str, data: msgspec.Raw) -> Any:
    """An event's words as the class of its kind; old versions and what msgspec cannot read go the domain's own way."""
    decoder = _decoder(topic)
    plan = plan_for(topic)
    if plan is not None and may_hold_commitments(bytes(data)):
        # Read models hold neither names nor free text, so that an erasure has nothing to look for in them.
        told = restored(orjson.loads(bytes(data)), {}, plan, KEPT_APART)
        data = msgspec.Raw(orjson.dumps(told))
    return decoder.decode(data) if decoder else from_data(topic, orjson.loads(bytes(data)))


@cache
def _decoder(topic: str) -> msgspec.json.Decoder[Any] | None:
    kind = BY_TOPIC.get(topic)
    # What happens to a notice is rare, and holds calendars and other things that pydantic alone knows how to make.
    if kind is None or kind.shape.__module__ in _DOMAINS_OWN:
        return None
    try:
        return msgspec.json.Decoder(kind.shape, dec_hook=_term)
    except TypeError:
        return None


def _term(kind: type, value: Any) -> Any:
    """Parts of a notice are pydantic's."""
    if issubclass(kind, BaseModel):
        return kind.model_validate(value)
    raise NotImplementedError(f"{kind} is not read here")
