"""What the ledger is given, what it gives back, and how it refuses."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from domain.actor import Actor

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as decided, before the ledger has placed it.

    `type` is its topic (``report-submitted.v1``), `data` its own words as plain JSON values, `effective` when it was
    true in the world. `notice`, `obligation`, `occurrence` and `rung` say what it is about, or are None.
    """

    id: UUID
    type: str
    effective: datetime
    actor: Actor
    data: JsonObject
    notice: str | None = None
    obligation: str | None = None
    occurrence: str | None = None
    rung: str | None = None
    authority: str | None = None
    reason: str | None = None
    causation: str | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class StreamWrite:
    """Events for one stream, allowed only while the stream is at version `expected` (0: does not exist yet)."""

    stream: str
    expected: int
    events: tuple[Envelope, ...]


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """Something to be done because an act was recorded: ``poke`` a clock or send a ``message``.

    `key` is unique per kind: the same key is never queued twice.
    """

    kind: Literal["poke", "message"]
    key: str
    payload: JsonObject


@dataclass(frozen=True, slots=True)
class Append:
    """One command's effect, all of it or nothing.

    `guards` are streams that were read and must still be at that version. `told` is the time of a simulated world;
    a live ledger refuses it.
    """

    command_id: UUID
    writes: tuple[StreamWrite, ...]
    guards: tuple[tuple[str, int], ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an act was recorded: the positions of its events and their leaf hashes (hexadecimal)."""

    command_id: UUID
    first_index: int
    last_index: int
    recorded: datetime
    leaves: tuple[str, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in the record. `index` is dense from 1, `version` dense from 1 in its stream."""

    index: int
    stream: str
    version: int
    recorded: datetime
    envelope: Envelope
    command_id: UUID
    leaf: str
    canonical: bytes = field(default=b"", repr=False)

    @property
    def type(self) -> str:
        return self.envelope.type


@dataclass(frozen=True, slots=True)
class ClaimedItem:
    """An outbox row lent to one worker until its lease ends."""

    id: int
    index: int
    kind: Literal["poke", "message"]
    key: str
    payload: JsonObject
    attempts: int
    queued: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log stands: number of events, and the recorded time of the newest (None when empty)."""

    size: int
    recorded: datetime | None


class LedgerRefusal(Exception):
    """The ledger did not record a command; nothing of it was stored."""


class Conflict(LedgerRefusal):
    """A stream has moved on since it was read."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"“{stream}” is at version {actual}, not {expected}.")
        self.stream, self.expected, self.actual = stream, expected, actual


class MovedOn(Conflict):
    """What a command is about is not at the version at which whoever asks has seen it."""


class CommandIdReused(LedgerRefusal):
    """The command id was used before, for something else."""


class UnfitEvent(LedgerRefusal):
    """The event cannot be stored: not canonical, too large, or with characters that have no place in a record."""


class LedgerUnreachable(LedgerRefusal):
    """The record could not be reached in time; nothing was saved as far as is known."""


class SimulatedTimeRefused(LedgerRefusal):
    """A simulated time was offered to a live ledger, or real time to a simulated one."""
