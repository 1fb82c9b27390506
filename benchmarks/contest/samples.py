"""The event that every store is given: a reminder of about 458 canonical bytes."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.actor import ENGINE, Actor
from domain.events.kinds import to_data
from domain.events.owing import TaskAcknowledged
from domain.record import Append, Envelope, OutboxItem, StreamWrite
from ledger.canonical import encode

STREAM_LENGTH = 10
PERSON = Actor("person", "helen-marsh")
_WHEN = datetime(2016, 6, 14, 12, tzinfo=UTC)
_DATA = {"rung": "reminder"}


def sample_event() -> Envelope:
    """One event with an id of its own."""
    return Envelope(uuid4(), "reminder-issued.v1", _WHEN, ENGINE, _DATA, "lancs-2016", "monthly-report")


def fact_of_sample() -> TaskAcknowledged:
    """What the domain reads: somebody acknowledges a task."""
    return TaskAcknowledged("monthly-report", "helen-marsh", "director", _WHEN)


def sample_fact() -> Envelope:
    """One event of that."""
    data = to_data(fact_of_sample())
    return Envelope(uuid4(), "task-acknowledged.v1", _WHEN, PERSON, data, "lancs-2016", "monthly-report")


def sample_act(stream: str, version: int) -> Append:
    """One command: the event that follows `version` in the stream, and a clock to be woken."""
    write = StreamWrite(stream, version, (sample_event(),))
    poke = OutboxItem("poke", f"{stream}@{version + 1}", {"stream": stream})
    return Append(uuid4(), (write,), outbox=(poke,))


def sample_bytes() -> bytes:
    """What a store of opaque bytes is given: the canonical bytes of one such event."""
    return encode(sample_event(), _stream(), 1, uuid4()).at(_WHEN)


class Streams:
    """The next place for each of many writers: streams of ten events, one after the other."""

    def __init__(self) -> None:
        self._name = _stream()
        self._version = STREAM_LENGTH

    def next(self) -> tuple[str, int]:
        """A stream, and the version it is at."""
        if self._version == STREAM_LENGTH:
            self._name, self._version = _stream(), 0
        self._version += 1
        return self._name, self._version - 1


def id_of(stream: str) -> UUID:
    """A stream's name where it has to be a UUID."""
    return UUID(stream.removeprefix("occ/"))


def _stream() -> str:
    return f"occ/{uuid4()}"
