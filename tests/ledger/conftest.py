"""States of the world: a PostgreSQL with an empty record, a simulated one, and the same in memory."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.actor import ENGINE
from domain.clock import ClockSpec
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from domain.ports import Directory
from domain.record import Append, Envelope, OutboxItem, StreamWrite
from forthwith.embedded.postgres import EmbeddedPostgres
from ledger.directory import PostgresDirectory
from ledger.instance import set_instance
from ledger.memory import MemoryDirectory, MemoryLedger, MemoryOutbox
from ledger.outbox import PostgresOutbox
from ledger.postgres import PostgresLedger

NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)

AnEvent = Callable[..., Envelope]
AnAct = Callable[..., Append]


@dataclass(frozen=True)
class Store:
    """One record with what hangs on it."""

    ledger: PostgresLedger | MemoryLedger
    outbox: PostgresOutbox | MemoryOutbox
    directory: Directory


@pytest.fixture
async def empty_dsn(postgres: EmbeddedPostgres, numbers: Callable[[], int]) -> AsyncIterator[str]:
    """The owner's way into a database that has nothing in it."""
    name = f"empty_{numbers()}"
    yield await postgres.create_database(name)
    await postgres.drop_database(name)


@pytest.fixture
async def ledger(app_dsn: str) -> AsyncIterator[PostgresLedger]:
    async with PostgresLedger(app_dsn) as ledger:
        yield ledger


@pytest.fixture
async def memory_store() -> AsyncIterator[Store]:
    async with MemoryLedger() as ledger:
        yield Store(ledger, MemoryOutbox(ledger), MemoryDirectory())


@pytest.fixture
def postgresql_store(ledger: PostgresLedger) -> Store:
    return Store(ledger, PostgresOutbox(ledger.database), PostgresDirectory(ledger.database))


@pytest.fixture(params=["memory", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A live store with an empty record."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
def simulated_memory() -> MemoryLedger:
    return MemoryLedger(simulated=True)


@pytest.fixture
async def simulated_postgresql(postgres_dsn: str, ledger: PostgresLedger) -> PostgresLedger:
    await set_instance(postgres_dsn, "simulated")
    return ledger


@pytest.fixture(params=["memory", "postgresql"])
def simulated_ledger(request: pytest.FixtureRequest) -> PostgresLedger | MemoryLedger:
    """A simulated store with an empty record."""
    found: PostgresLedger | MemoryLedger = request.getfixturevalue(f"simulated_{request.param}")
    return found


@pytest.fixture
def an_event() -> AnEvent:
    def make(kind: str = "reminder-sent.v1", **changed: Any) -> Envelope:
        said = {"id": uuid4(), "effective": NOON, "actor": ENGINE, "data": {"to": "the director"}, **changed}
        return Envelope(type=kind, **said)

    return make


@pytest.fixture
def an_act(an_event: AnEvent) -> AnAct:
    """One command with one event, unless told otherwise."""

    def make(
        stream: str = "notice/lancashire-2016",
        expected: int = 0,
        *events: Envelope,
        command: UUID | None = None,
        outbox: tuple[OutboxItem, ...] = (),
        **changed: Any,
    ) -> Append:
        writes = (StreamWrite(stream, expected, events or (an_event(),)),)
        return Append(command or uuid4(), writes, outbox=outbox, **changed)

    return make


@pytest.fixture
def a_link() -> Callable[[str], OutsideLink]:
    """A link for somebody without an account, to the report of September."""

    def made(person: str) -> OutsideLink:
        now = datetime(2026, 1, 1, tzinfo=UTC)
        about = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
        return OutsideLink(
            uuid4(), person, "submit-report", about, None, "case-lead", now, now + timedelta(days=14)
        )

    return made


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], Any]:
    async def wait(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.02)

    return wait


@pytest.fixture
async def follower(store: Store) -> AsyncIterator[list[Any]]:
    """A list that fills with whatever is recorded."""
    seen: list[Any] = []

    async def fill() -> None:
        async for batch in store.ledger.follow():
            seen.extend(batch)

    task = asyncio.create_task(fill())
    yield seen
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def noon_shift() -> ClockSpec:
    """A clock that is moved to June 2016 and runs a day in a minute."""
    return ClockSpec(NOON, datetime(2026, 1, 1, tzinfo=UTC), 1440)
