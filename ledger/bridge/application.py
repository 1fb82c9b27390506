"""Notices and occurrences in the terms of the library: versions, a notification log, a repository.

The library reads the streams, decodes the events with its own transcoder, checks the identity and order of every
event, and rebuilds. What an event means stays in `domain`: there is one fold, and two ways of getting there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import CanMutateAggregate, DomainEventProtocol
from eventsourcing.persistence import Mapper, NotSupportedError, StoredEvent

from domain.events.kinds import from_data
from domain.identity import OccurrenceId, notice_stream
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from ledger.bridge.recorders import LedgerApplicationRecorder
from ledger.reading import whole

AGGREGATES: dict[str, tuple[type[Any], Any]] = {
    "notice/": (Notice, evolve_notice),
    "occ/": (Occurrence, evolve_occurrence),
}
_BY_COMMANDS = (
    "The record is written through commands, so that every step is decided by the rules of its day."
)

Found = TypeVar("Found", Notice, Occurrence)


def kind_of_stream(stream: str) -> tuple[type[Any], Any]:
    """The state that a stream's events build, and how; raises LookupError for streams of other things."""
    for prefix, kind in AGGREGATES.items():
        if stream.startswith(prefix):
            return kind
    raise LookupError(f"“{stream}” is neither a notice nor an occurrence.")


class Rebuilt:
    """One of our aggregates as the library holds it; `state` is ours."""

    def __init__(self, stream: str) -> None:
        kind, self.evolve = kind_of_stream(stream)
        self.id = stream
        self.version = 0
        self.modified_on: datetime | None = None
        self.state = kind()


@dataclass(frozen=True)
class Happened(CanMutateAggregate[str]):
    """One recorded event as the library replays it."""

    originator_id: str
    originator_version: int
    timestamp: datetime
    fact: Any

    def mutate(self, aggregate: Any) -> Any:
        """The library's own checks of identity and order, then `apply`."""
        return super().mutate(Rebuilt(self.originator_id) if aggregate is None else aggregate)

    def apply(self, aggregate: Any) -> None:
        """What the event means, by the domain."""
        aggregate.state = aggregate.evolve(aggregate.state, self.fact)


class RecordShelf:
    """Our own streams: the originator is the stream, the topic is the event's, the state is its canonical bytes, with what
    they hold commitments to put in its place."""

    def holds(self, stream: str) -> bool:
        return stream.startswith(tuple(AGGREGATES))

    def stream_of(self, originator_id: UUID | str) -> str:
        return str(originator_id)

    def stored(self, event: Recorded) -> StoredEvent:
        return StoredEvent(event.stream, event.version, event.type, whole(event))


class RecordMapper(Mapper[str]):
    """From the canonical bytes to events, by the library's transcoder."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:  # noqa: ARG002 - refused
        raise NotSupportedError(_BY_COMMANDS)

    def to_domain_event(self, stored_event: StoredEvent) -> Happened:
        told = self.transcoder.decode(stored_event.state)
        return Happened(
            told["subject"],
            told["streamversion"],
            datetime.fromisoformat(told["time"]),
            from_data(told["type"], told["data"]),
        )


class RecordRecorder(LedgerApplicationRecorder):
    """Reads the record; writing is refused."""

    def __init__(self, thread: Any) -> None:
        super().__init__(thread)
        self._reading.shelf = RecordShelf()

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:  # noqa: ARG002 - refused
        raise NotSupportedError(_BY_COMMANDS)


class RecordApplication(Application[str]):
    """The record for whoever knows the library. Its address is taken from FORTHWITH_APPLICATION_URL."""

    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "ledger.bridge"}

    def construct_recorder(self) -> RecordRecorder:
        return RecordRecorder(self.factory.thread)  # type: ignore[attr-defined]  # it is our factory

    def construct_mapper(self) -> RecordMapper:
        return RecordMapper(transcoder=self.construct_transcoder())

    def notice(self, notice: str, version: int | None = None) -> Notice:
        """A notice, now or as it was at a version; raises AggregateNotFoundError."""
        return self._rebuilt(Notice, notice_stream(notice), version)

    def occurrence(self, occurrence: str, version: int | None = None) -> Occurrence:
        """An occurrence, now or as it was at a version; raises AggregateNotFoundError."""
        return self._rebuilt(Occurrence, OccurrenceId.parse(occurrence).stream, version)

    def _rebuilt(self, kind: type[Found], stream: str, version: int | None) -> Found:
        rebuilt: Any = self.repository.get(stream, version=version)
        assert isinstance(rebuilt.state, kind)
        return rebuilt.state
