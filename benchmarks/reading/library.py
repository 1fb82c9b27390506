"""The same read model by the `eventsourcing` library: its PostgreSQL recorders with psycopg, its ProjectionRunner."""

from collections.abc import Sequence
from functools import singledispatchmethod
from time import perf_counter
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from domain.record import Recorded
from reading.ground import NOTICE, notice_named

_BATCH = 1000


class Happened(DomainEvent):
    """One of our events: its kind and its own words."""

    stream: str
    kind: str
    data: dict[str, Any]


class Office(Application):
    """Holds the events."""


class DeliveriesView(PostgresTrackingRecorder):
    """One row for each message, in the transaction that tracks the event."""

    def __init__(self, datastore: Any, **settings: Any) -> None:
        super().__init__(datastore, **settings)
        self.table = Identifier(self.datastore.schema), Identifier("deliveries_of_the_library")
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {0}.{1} (message text PRIMARY KEY, stream text, about text, person text, "
                "role text, delivery text, settled_at text, channel text, answer text, fault text)"
            ).format(*self.table)
        )

    def called_for(self, rows: list[tuple[Any, ...]], tracking: Tracking) -> None:
        insert = SQL("INSERT INTO {0}.{1} VALUES (%s, %s, %s, %s, %s, 'waiting to be sent')").format(
            *self.table
        )
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            for row in rows:
                cursor.execute(insert, row)

    def settled(self, values: tuple[Any, ...], tracking: Tracking) -> None:
        update = SQL(
            "UPDATE {0}.{1} SET delivery = %s, settled_at = %s, channel = %s, answer = %s, fault = %s WHERE message = %s"
        ).format(*self.table)
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(update, values)


class Deliveries(Projection[DeliveriesView]):
    """Which messages were called for, and what became of each."""

    name = "deliveries"

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:  # noqa: ARG002 - refused
        raise AssertionError("there is one kind of event")

    @process_event.register
    def _(self, event: Happened, tracking: Tracking) -> None:
        data = event.data
        if event.kind == "message-sent.v1":
            said = ("sent", data["sent_at"], data["channel"], data["answer"], None, data["message"])
            self.view.settled(said, tracking)
        elif event.kind == "message-undeliverable.v1":
            said = (
                "undeliverable",
                data["given_up_at"],
                data["channel"],
                None,
                data["fault"],
                data["message"],
            )
            self.view.settled(said, tracking)
        else:
            called = data.get("messages", ())
            self.view.called_for(
                [(each["id"], event.stream, event.kind, each["person"], each["role"]) for each in called],
                tracking,
            )


class Library:
    """Its events in its own tables of one database."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        self.env = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": parts.path.lstrip("/"),
            "POSTGRES_HOST": parts.hostname or "",
            "POSTGRES_PORT": str(parts.port),
            "POSTGRES_USER": unquote(parts.username or ""),
            "POSTGRES_PASSWORD": unquote(parts.password or ""),
        }
        self.events = 0

    def fill(self, year: Sequence[Recorded], events: int) -> None:
        """The first of the events that our record holds, recorded by the library itself."""
        with Office(env=self.env) as office:
            waiting = []
            for number in range(events):
                round_of, event = divmod(number, len(year))
                waiting.append(office.mapper.to_stored_event(_happened(year[event], notice_named(round_of))))
                if len(waiting) == _BATCH or number == events - 1:
                    office.recorder.insert_events(waiting)
                    waiting = []
        self.events = events

    def rebuild(self) -> float:
        """Events a second, from the first to the last, into empty tables."""
        began = perf_counter()
        with ProjectionRunner(
            application_class=Office, projection_class=Deliveries, view_class=DeliveriesView, env=self.env
        ) as runner:
            runner.wait(self.events, timeout=600)
            return self.events / (perf_counter() - began)


def _happened(event: Recorded, name: str) -> Happened:
    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(NOTICE, name)
        if isinstance(value, dict):
            return {key: renamed(each) for key, each in value.items()}
        return [renamed(each) for each in value] if isinstance(value, list) else value

    stream = renamed(event.stream)
    return Happened(
        originator_id=uuid5(NAMESPACE_URL, stream),
        originator_version=event.version,
        timestamp=event.recorded,
        stream=stream,
        kind=event.type,
        data=renamed(event.envelope.data),
    )
