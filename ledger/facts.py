"""From stored bytes straight to the events of the domain, for whoever replays many: ten times as fast as by envelopes.

The bytes are read by msgspec into the very shapes that `from_data` makes. The first event of every kind is read both
ways; a kind for which the two do not agree, because it is upcast or has a shape that msgspec cannot make, is read by
`from_data` for good.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import orjson
from pydantic import TypeAdapter

from domain.events.kinds import BY_TOPIC, from_data, plan_for
from domain.events.withheld import may_hold_commitments, restored
from ledger.privacy.commitments import told_by
from ledger.privacy.sealing import Keyring
from ledger.reading import kept_beside

_AsMapping = msgspec.json.Decoder(dict[str, Any])


class Fact(msgspec.Struct, frozen=True):
    """A recorded event without its envelope: where it stands, when it was true and recorded, and what happened."""

    index: int
    stream: str
    version: int
    recorded: datetime
    effective: datetime
    event: Any


class _Line(msgspec.Struct, gc=False):
    """What is read of the canonical bytes at first sight; the data stays as it is."""

    type: str
    subject: str
    streamversion: int
    time: datetime
    effective: datetime
    data: msgspec.Raw


_line = msgspec.json.Decoder(_Line).decode


class FactReader:
    """Reads stored bytes; remembers by which way each kind of event is read. `keyring` opens what is kept beside them."""

    def __init__(self, keyring: Keyring | None = None) -> None:
        self._keyring = keyring or Keyring()
        self._fast: dict[str, msgspec.json.Decoder[Any] | None] = {}

    def read(self, index: int, canonical: bytes) -> Fact:
        """The event; raises what `from_data` raises."""
        (fact,) = self.read_rows([(index, canonical)])
        return fact

    def read_rows(self, rows: Iterable[Sequence[Any]]) -> list[Fact]:
        """Rows that begin with index and canonical bytes, as facts; and what is kept beside them, as `recorded_events`."""
        rows = list(rows)
        kept = kept_beside(rows, self._keyring)
        facts = []
        for row in rows:
            if row[0] < 0:
                continue
            line = _line(row[1])
            plan = plan_for(line.type)
            if plan is not None and may_hold_commitments(row[1]):
                data = restored(orjson.loads(bytes(line.data)), told_by(kept.get(row[0], ())), plan)
                line.data = msgspec.Raw(orjson.dumps(data))
            event = self._event(line.type, line.data)
            facts.append(Fact(row[0], line.subject, line.streamversion, line.time, line.effective, event))
        return facts

    def _event(self, topic: str, data: msgspec.Raw) -> Any:
        try:
            fast = self._fast[topic]
        except KeyError:
            return self._first_of(topic, data)
        if fast is not None:
            try:
                return fast.decode(data)
            except msgspec.ValidationError:
                # What is wrong with it, or how it is upcast, is for `from_data` to say.
                pass
        return from_data(topic, _AsMapping.decode(data))

    def _first_of(self, topic: str, data: msgspec.Raw) -> Any:
        event = from_data(topic, _AsMapping.decode(data))
        self._fast[topic] = _decoder_that_agrees(topic, data, event)
        return event


def _decoder_that_agrees(topic: str, data: msgspec.Raw, event: Any) -> msgspec.json.Decoder[Any] | None:
    kind = BY_TOPIC.get(topic)
    if kind is None:
        return None
    try:
        decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind.shape, dec_hook=_by_pydantic)
        agrees = decoder.decode(data) == event
    except (TypeError, NotImplementedError, msgspec.ValidationError):
        return None
    return decoder if agrees else None


def _by_pydantic(shape: type, value: Any) -> Any:
    """Parts of a notice file inside an event are pydantic's own models."""
    return TypeAdapter(shape).validate_python(value)
