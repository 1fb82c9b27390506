"""What the rooms ask of each other, so that none needs to know how the other does it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from domain.actor import ENGINE, Actor
from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from domain.record import Append, ClaimedItem, Head, Receipt, Recorded


class Ledger(Protocol):
    """The permanent record. The PostgreSQL ledger and its in-memory twin keep the same contract suite."""

    @property
    def erasures(self) -> int:
        """A number that changes when something may have been erased: what was read before has to be read again."""
        ...

    async def append(self, act: Append) -> Receipt:
        """Record one command's events, or raise Conflict, CommandIdReused, UnfitEvent, LedgerUnreachable."""
        ...

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        """The events of one stream with version > after, in order."""
        ...

    async def read(self, after: int = 0, limit: int = 5000) -> Sequence[Recorded]:
        """The events with index > after, in order, at most `limit`."""
        ...

    async def read_by(
        self, notice: str, obligation: str | None = None, type: str | None = None
    ) -> Sequence[Recorded]:
        """The events of one notice and all under it, or of one of its obligations, of every type or one, in order."""
        ...

    async def streams(self, prefix: str) -> dict[str, int]:
        """The version of every stream whose name starts with `prefix`."""
        ...

    async def head(self) -> Head: ...

    async def receipt_of(self, command_id: UUID) -> Receipt | None:
        """The receipt of a command that was recorded, or None."""
        ...

    def follow(self, after: int = 0, poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        """Batches of events with index > after, for ever, each event once and in order."""
        ...


class Outbox(Protocol):
    """What still has to be done because of recorded acts. Rows enter only through `Ledger.append`."""

    async def claim(
        self, kind: Literal["poke", "message"], limit: int, lease_seconds: float
    ) -> Sequence[ClaimedItem]:
        """Lend rows that are due, oldest first; a lease that ends unsettled lends them again."""
        ...

    async def renew(self, ids: Sequence[int], lease_seconds: float) -> None:
        """They are still in hand: their lease begins again. What was settled or put back stays so."""
        ...

    async def settle(self, ids: Sequence[int]) -> None:
        """They are done."""
        ...

    async def put_back(self, row: int, wait_seconds: float, fault: str) -> None:
        """Try again after a while, remembering why it failed."""
        ...

    async def hold(self, row: int, wait_seconds: float, bundle: str | None) -> None:
        """Not yet; it does not count as a try. What names a bundle is lent by `claim_bundle` alone."""
        ...

    async def claim_bundle(self, limit: int, lease_seconds: float) -> Sequence[ClaimedItem]:
        """Lend what is due of one bundle, all to one worker; nothing, when none is due."""
        ...

    async def waiting(self, kind: Literal["poke", "message"]) -> int: ...

    async def wait_for_work(self, poll_seconds: float) -> None:
        """Return when something may have been queued, or after `poll_seconds`."""
        ...


class Directory(Protocol):
    """How people are reached. Kept outside the record, because addresses are erasable."""

    async def address_of(self, person: str) -> str | None: ...

    async def set_address(self, person: str, address: str, changed_at: datetime) -> None: ...

    async def other_address_of(self, person: str) -> str | None:
        """Where else they are reached: tried when their address does not take a message."""
        ...

    async def set_other_address(self, person: str, address: str, changed_at: datetime) -> None:
        """An empty one is none."""
        ...

    async def wants_digest(self, person: str) -> bool:
        """Whether they chose one mail a day instead of one for each message."""
        ...

    async def set_digest(self, person: str, wanted: bool, changed_at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Feed:
    """An address at which somebody's dates are read: all that are theirs, or those of one `notice`."""

    id: UUID
    person: str
    notice: str | None
    made_at: datetime


class Feeds(Protocol):
    """Secret addresses of calendars. Of a secret only its SHA-256 digest is ever given here, and kept."""

    async def of(self, person: str) -> Sequence[Feed]:
        """Those in force, the one for everything first."""
        ...

    async def at(self, digest: bytes) -> Feed | None:
        """The one in force with that secret."""
        ...

    async def make(self, feed: Feed, digest: bytes, replacing: UUID | None = None) -> bool:
        """In place of the one named; False, and nothing is changed, where another is in force. Safe to repeat."""
        ...

    async def revoke(self, person: str, feed: UUID, revoked_at: datetime) -> None:
        """End one of a person's own, for good."""
        ...


@dataclass(frozen=True, slots=True)
class WebhookState:
    """`told`: the index of the last event that is done with. `tries` and `failing_since` are of the one after it.

    `passed_over`: how many were refused for too long. `closed_at`: since when the receiver wants no more.
    """

    told: int
    tries: int = 0
    failing_since: datetime | None = None
    passed_over: int = 0
    closed_at: datetime | None = None
    fault: str | None = None


class WebhookBook(Protocol):
    """How far each webhook has been told."""

    async def state(self, name: str) -> WebhookState | None:
        """None for one that is new."""
        ...

    async def keep(self, name: str, state: WebhookState) -> None:
        """Remember it, unless it is known to be further."""
        ...


class Handles(Protocol):
    """Handles commands: what `ledger.office.Office` does for everybody."""

    async def handle(self, command: Command, by: Actor = ENGINE, key: UUID | None = None) -> object:
        """Record what comes of a command; raises Refused, NotFound, or a LedgerRefusal."""
        ...

    async def case(self, occurrence: OccurrenceId) -> Case:
        """An occurrence with its notice, as they are now; raises NotFound."""
        ...


@dataclass(frozen=True, slots=True)
class ClockView:
    """What a clock needs to know: whether it is done, when to look again, and what to say meanwhile."""

    closed: bool
    next_at: datetime | None
    says: str
    title: str


class Chase(Protocol):
    """What the clocks ask for. Everything is decided when it is recorded; `woken_for` is the instant waited for."""

    async def look_at_occurrence(self, occurrence: str) -> ClockView: ...

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView: ...

    async def look_at_notice(self, notice: str) -> ClockView: ...

    async def open_occurrences(self, notice: str, woken_for: datetime) -> ClockView: ...


@dataclass(frozen=True, slots=True)
class Handover:
    """What a channel answered when it took a message. `content_sha256` is over the bytes handed over."""

    channel: str
    message_id: str
    content_sha256: str
    answer: str


class ChannelFault(Exception):
    """A channel did not take a message; `lasting` when trying again cannot help. `channel`: which, if it is one of several."""

    def __init__(self, sentence: str, *, lasting: bool, channel: str | None = None) -> None:
        super().__init__(sentence)
        self.lasting, self.channel = lasting, channel


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A clock that should live: of a notice or an occurrence that is not finished."""

    stream: str
    position: int
    next_at: datetime | None
    says: str


class OpenClocks(Protocol):
    """Says which clocks should live, from the record alone."""

    async def open_clocks(self) -> Sequence[OpenClock]: ...
