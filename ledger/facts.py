"""From stored bytes straight to the events of the domain, for whoever replays many: ten times as fast as by envelopes.

msgspec reads the bytes into the very shapes that `from_data` makes. The first event of every kind is read both ways; a
kind for which the two do not agree, because it is upcast or has a shape that msgspec cannot make, is read by `from_data`
for good.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
import orjson
from pydantic import TypeAdapter

from domain.events.kinds import BY_TOPIC, from_data, plan_for
from domain.events.withheld import Plan, may_hold_commitments, restored
from ledger.privacy.commitments import told_by
from ledger.privacy.disclosure import Disclosed
from ledger.privacy.sealing import Keyring
from ledger.profile import spell
from ledger.reading import in_order, kept_beside


class Fact(
    msgspec.Struct,
    frozen=True,
    eq=False,
    gc=False,
    rename={"stream": "subject", "version": "streamversion", "recorded": "time", "event": "data"},
):
    """A recorded event without its envelope: where it stands, when it was true and recorded, and what happened.

    The other names are those of the stored document. The collector may pass it over: nothing points back to a fact.
    """

    stream: str
    version: int
    recorded: datetime
    effective: datetime
    event: Any
    index: int = 0

    def __eq__(self, other: object) -> bool:
        """By what they say: every kind of event has its own class of facts."""
        return isinstance(other, Fact) and msgspec.structs.astuple(self) == msgspec.structs.astuple(other)

    def __hash__(self) -> int:
        return hash((self.index, self.stream, self.version))


class _Line(msgspec.Struct):
    """The same, with the data as it stands."""

    type: str
    subject: str
    streamversion: int
    time: datetime
    effective: datetime
    data: msgspec.Raw


Read = Callable[[bytes], Fact]
_line = msgspec.json.Decoder(_Line).decode
_as_mapping = msgspec.json.Decoder(dict[str, Any]).decode
_place = msgspec.structs.force_setattr
# The keys are sorted: the type comes last.
_BEFORE_TYPE = b',"type":"'


class FactReader:
    """Reads stored bytes; remembers by which way each kind of event is read. `keyring` opens what is kept beside them."""

    def __init__(self, keyring: Keyring | None = None) -> None:
        self._keyring = keyring or Keyring()
        self._known: set[str] = set()
        # By how the bytes end: the decoder of that kind, and what the kind withholds.
        self._fast: dict[bytes, tuple[Read, Plan | None]] = {}

    def read(self, index: int, canonical: bytes) -> Fact:
        """The event; raises what `from_data` raises."""
        (fact,) = self.read_rows([(index, canonical)])
        return fact

    def read_rows(self, rows: Iterable[Sequence[Any]]) -> list[Fact]:
        """Rows that begin with index and canonical bytes, as facts; and what is kept beside them, as `recorded_events`."""
        with _without_collecting():
            return self._read_in_order(in_order(rows))

    def _read_in_order(self, ordered: Sequence[Sequence[Any]]) -> list[Fact]:
        first = next((place for place, row in enumerate(ordered) if row[0] > 0), len(ordered))
        kept = kept_beside(ordered[:first], self._keyring)
        facts = []
        for row in ordered[first:] if first else ordered:
            index, canonical = row[0], row[1]
            ways = self._fast.get(canonical[canonical.rfind(_BEFORE_TYPE) :])
            if ways is None:
                facts.append(self._first_of_its_kind(index, canonical, kept.get(index, ())))
                continue
            read, plan = ways
            if plan is not None and may_hold_commitments(canonical):
                canonical = _disclosed(canonical, kept.get(index, ()), plan)
            try:
                fact = read(canonical)
            except msgspec.ValidationError:
                # What is wrong with it, or how it is upcast, is for `from_data` to say.
                fact = _by_envelope(canonical)
            _place(fact, "index", index)
            facts.append(fact)
        return facts

    def _first_of_its_kind(self, index: int, canonical: bytes, disclosed: Sequence[Disclosed]) -> Fact:
        topic = _line(canonical).type
        plan = plan_for(topic)
        if plan is not None and may_hold_commitments(canonical):
            canonical = _disclosed(canonical, disclosed, plan)
        fact = _by_envelope(canonical)
        _place(fact, "index", index)
        if topic not in self._known:
            self._known.add(topic)
            read = _reader_that_agrees(topic, canonical, fact)
            if read is not None:
                self._fast[_BEFORE_TYPE + topic.encode() + b'"}'] = read, plan
        return fact


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Looking for cycles among thousands of new events, which have none, takes a third of the time of reading them."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _by_envelope(canonical: bytes) -> Fact:
    line = _line(canonical)
    event = from_data(line.type, _as_mapping(line.data))
    return Fact(line.subject, line.streamversion, line.time, line.effective, event)


def _disclosed(canonical: bytes, disclosed: Sequence[Disclosed], plan: Plan) -> bytes:
    document = orjson.loads(canonical)
    document["data"] = restored(document["data"], told_by(disclosed), plan)
    return spell(document)


def _reader_that_agrees(topic: str, canonical: bytes, fact: Fact) -> Read | None:
    kind = BY_TOPIC.get(topic)
    if kind is None:
        return None
    shape: Any = msgspec.defstruct(
        "Fact", [("event", kind.shape)], bases=(Fact,), frozen=True, eq=False, gc=False
    )
    try:
        read: Read = msgspec.json.Decoder(shape, dec_hook=_by_pydantic).decode
        agrees = read(canonical).event == fact.event
    except (TypeError, NotImplementedError, msgspec.ValidationError):
        return None
    return read if agrees else None


def _by_pydantic(shape: type, value: Any) -> Any:
    """Parts of a notice file inside an event are pydantic's own models."""
    return TypeAdapter(shape).validate_python(value)
