"""The permanent record in memory, for rehearsals and tests: same bytes, hashes, receipts and refusals."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from domain.clock import Clock, LiveClock
from domain.record import Append, Conflict, Head, Receipt, Recorded, UnfitEvent
from ledger import flush
from ledger.canonical import Template, leaf_hash
from ledger.memory_outbox import MemoryDirectory, MemoryOutbox, QueuedItems
from ledger.postgres import PAGE
from ledger.privacy.commitments import Withheld
from ledger.privacy.disclosure import Disclosed, disclosure_of, opened
from ledger.privacy.repetition import says_again
from ledger.reading import recorded_event, streams_of
from ledger.request import Request, prepare
from ledger.wakeups import Bells

LIVE = LiveClock()

__all__ = ["MemoryDirectory", "MemoryLedger", "MemoryOutbox"]


class MemoryLedger:
    """A `domain.ports.Ledger` gone with its process. A simulated one must be told the time of every act."""

    def __init__(self, *, simulated: bool = False, clock: Clock = LIVE) -> None:
        self.bells = Bells()
        self.queued = QueuedItems()
        self.clock = clock
        self._simulated = simulated
        self._log: list[Recorded] = []
        self._streams: dict[str, list[Recorded]] = {}
        self._receipts: dict[UUID, tuple[bytes, Receipt]] = {}
        self._event_ids: set[UUID] = set()
        self._disclosed: dict[int, tuple[Disclosed, ...]] = {}
        self._withheld: dict[int, dict[str, Withheld]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bells.close()

    @property
    def erasures(self) -> int:
        """Changes when something may have been erased."""
        return self.bells.erasures

    async def append(self, act: Append) -> Receipt:
        """Record one command's events; raises Conflict, CommandIdReused, UnfitEvent, SimulatedTimeRefused."""
        request = prepare(act)
        earlier = await self.receipt_of(request.command_id)
        if earlier is not None:
            same = self._receipts[request.command_id][0] == request.digest
            if not same and not (request.withholding and says_again(act, await self._recorded_for(earlier))):
                raise flush.reused(request)
            return earlier
        self._require_allowed(request)
        recorded = self._next_time(request)
        events = [
            self._place(claim.stream, event.id, template, recorded)
            for claim in request.claims
            for event, template in claim.events
        ]
        leaves = tuple(event.leaf for event in events)
        receipt = Receipt(request.command_id, events[0].index, events[-1].index, recorded, leaves)
        self._receipts[request.command_id] = (request.digest, receipt)
        self.queued.add(receipt.last_index, request.outbox, self.clock.now())
        self.bells.ring_all()
        return receipt

    async def receipt_of(self, command_id: UUID) -> Receipt | None:
        """The receipt of a command that was recorded before, or None."""
        if command_id not in self._receipts:
            return None
        first = self._receipts[command_id][1]
        return Receipt(
            command_id, first.first_index, first.last_index, first.recorded, first.leaves, repeated=True
        )

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        """The events of one stream with version > after, in order."""
        return self._afresh(self._streams.get(stream, [])[max(after, 0) :])

    async def read(self, after: int = 0, limit: int = PAGE) -> Sequence[Recorded]:
        """The events with index > after, in order, at most `limit`."""
        first = max(after, 0)
        return self._afresh(self._log[first : first + limit])

    async def read_by(
        self, notice: str, obligation: str | None = None, type: str | None = None
    ) -> Sequence[Recorded]:
        """The events of one notice and all under it, or of one of its obligations, of every type or one, in order."""
        own, beginning = streams_of(notice, obligation)
        found = (
            each
            for name, events in self._streams.items()
            if name == own or name.startswith(beginning)
            for each in events
        )
        wanted = (each for each in found if type is None or each.type == type)
        return self._afresh(sorted(wanted, key=lambda each: each.index))

    async def streams(self, prefix: str) -> dict[str, int]:
        """The version of every stream whose name starts with `prefix`."""
        return {name: self._version(name) for name in sorted(self._streams) if name.startswith(prefix)}

    async def head(self) -> Head:
        """Where the log stands."""
        return Head(len(self._log), self._log[-1].recorded if self._log else None)

    async def follow(self, after: int = 0, poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        """Batches of events with index > after, each event once and in order, until the ledger closes."""
        with self.bells.bell() as bell:
            while not self.bells.closed:
                bell.clear()
                batch = await self.read(after)
                if batch:
                    after = batch[-1].index
                    yield batch
                else:
                    await bell.wait(poll_seconds)

    def _version(self, stream: str) -> int:
        return len(self._streams.get(stream, ()))

    def _require_allowed(self, request: Request) -> None:
        if self._simulated != (request.told is not None):
            raise flush.wrong_time(request.told is not None)
        for claim in request.claims:
            if self._version(claim.stream) != claim.expected:
                raise Conflict(claim.stream, claim.expected, self._version(claim.stream))
        ids = [event.id for claim in request.claims for event, _ in claim.events]
        if len(ids) != len(set(ids)) or not self._event_ids.isdisjoint(ids):
            raise UnfitEvent(flush.ID_TAKEN)

    def _next_time(self, request: Request) -> datetime:
        now = request.told if request.told is not None else self.clock.now()
        return max(self._log[-1].recorded, now) if self._log else now

    def _place(self, stream: str, event_id: UUID, template: Template, recorded: datetime) -> Recorded:
        canonical = template.at(recorded)
        index = len(self._log) + 1
        if template.withheld:
            self._disclosed[index] = tuple(opened(each.content) for each in template.withheld)
            self._withheld[index] = {each.digest: each for each in template.withheld}
        event = recorded_event(index, canonical, leaf_hash(canonical).hex())
        self._log.append(event)
        self._streams.setdefault(stream, []).append(event)
        self._event_ids.add(event_id)
        return event

    def withheld(self, index: int) -> tuple[str, ...]:
        """The disclosures of an event, in the order of their digests."""
        return tuple(disclosure_of(each.content) for _, each in sorted(self._withheld.get(index, {}).items()))

    def values(self) -> Iterator[tuple[Recorded, Withheld]]:
        """Everything that is kept outside the record, each beside its event, in the order of the log and of the digests."""
        for index in sorted(self._withheld):
            for _, each in sorted(self._withheld[index].items()):
                yield self._log[index - 1], each

    async def erase(self, act: Append, values: Collection[tuple[int, str]]) -> Receipt:
        """Record an erasure and forget the values that it names, by position and digest; raises as `append` does."""
        receipt = await self.append(act)
        for index, digest in values:
            self._withheld[index].pop(digest, None)
            self._disclosed[index] = tuple(each for each in self._disclosed[index] if each.digest != digest)
        self.bells.erased()
        return receipt

    async def _recorded_for(self, receipt: Receipt) -> Sequence[Recorded]:
        first, last = receipt.first_index, receipt.last_index
        return await self.read(first - 1, last - first + 1)

    def _afresh(self, events: Iterable[Recorded]) -> list[Recorded]:
        """Read from the bytes each time, so that nobody changes the record through an event they were given."""
        return [
            recorded_event(event.index, event.canonical, event.leaf, self._disclosed.get(event.index, ()))
            for event in events
        ]
