"""The same events in the terms of the eventsourcing library: its aggregate events, its transcoder, its mapper."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from eventsourcing.domain import Aggregate
from eventsourcing.persistence import DatetimeAsISO, JSONTranscoder, Mapper, UUIDAsHex
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from contest.samples import fact_of_sample

_AT_ONCE = 5000
PATIENCE = 20.0


class Task(Aggregate):
    """What is acknowledged."""

    @dataclass(frozen=True)
    class Acknowledged(Aggregate.Event):
        """The same words as our own event."""

        task: str
        acknowledged_by: str
        acknowledged_as: str
        acknowledged_at: datetime
        messages: list[str]


class LibraryReader:
    """The library's recorder on a database of its own, and its mapper."""

    def __init__(self, dsn: str) -> None:
        place = urlsplit(dsn)
        self._datastore = PostgresDatastore(
            place.path[1:], place.hostname, place.port, place.username, place.password, pool_size=1
        )
        self.recorder = PostgresApplicationRecorder(self._datastore)
        self.recorder.create_table()
        self._datastore.pool.wait(PATIENCE)
        transcoder = JSONTranscoder()
        for transcoding in (UUIDAsHex(), DatetimeAsISO()):
            transcoder.register(transcoding)
        self.mapper: Mapper = Mapper(transcoder)

    def fill(self, size: int, stream_length: int) -> None:
        """So many events, in streams of that length."""
        said = fact_of_sample()
        words = {name: getattr(said, name) for name in said.__slots__ if name != "messages"}
        for first in range(0, size, _AT_ONCE):
            events = []
            for index in range(first, min(first + _AT_ONCE, size)):
                if index % stream_length == 0:
                    stream = uuid4()
                events.append(
                    self.mapper.to_stored_event(
                        Task.Acknowledged(
                            originator_id=stream,
                            originator_version=index % stream_length + 1,
                            timestamp=Task.Event.create_timestamp(),
                            messages=[],
                            **words,
                        )
                    )
                )
            self.recorder.insert_events(events)
        self.stream = stream

    def replay(self, page: int) -> int:
        """Every event as an object of the library, in pages; how many."""
        seen, start = 0, 1
        while found := self.recorder.select_notifications(start=start, limit=page):
            seen += len([self.mapper.to_domain_event(each) for each in found])
            start = found[-1].id + 1
        return seen

    def load(self) -> int:
        """One stream as objects of the library; how many."""
        return len([self.mapper.to_domain_event(each) for each in self.recorder.select_events(self.stream)])

    def close(self) -> None:
        self._datastore.close()
