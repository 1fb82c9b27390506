"""The four stores that are appended to, each the way its makers mean it, one event a command."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from contest.driving import Measured, in_tasks, in_threads
from contest.samples import Streams, id_of, sample_act, sample_bytes
from contest.server import BenchmarkPostgres
from ledger.postgres import PostgresLedger

MOST_THREADS = 16
PATIENCE = 20.0


class Writer(Protocol):
    """A store under load."""

    name: str
    most: int | None

    async def load(self, in_flight: int, seconds: float) -> Measured:
        """Write with so many commands in flight, for so long."""
        ...


class Ours:
    """This ledger: expected version, command id, dense index, leaf, receipt, stream head, outbox row."""

    name, most = "ours", None

    def __init__(self, ledger: PostgresLedger) -> None:
        self._ledger = ledger

    async def load(self, in_flight: int, seconds: float) -> Measured:
        return await in_tasks(in_flight, seconds, self._writer)

    def _writer(self) -> Callable[[], Awaitable[None]]:
        streams = Streams()

        async def once() -> None:
            await self._ledger.append(sample_act(*streams.next()))

        return once


class Bare:
    """One INSERT a command, over as many connections as commands (at most 64): no order, no version, no leaf, no outbox."""

    name, most = "asyncpg", None
    CONNECTIONS = 64
    TABLE = "CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea NOT NULL)"
    INSERT = "INSERT INTO bare (data) VALUES ($1)"

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def load(self, in_flight: int, seconds: float) -> Measured:
        return await in_tasks(in_flight, seconds, self._writer)

    def _writer(self) -> Callable[[], Awaitable[None]]:
        data = sample_bytes()

        async def once() -> None:
            async with self._pool.acquire() as connection:
                await connection.execute(self.INSERT, data)

        return once


class Library:
    """eventsourcing's own PostgreSQL recorder, as it comes, with psycopg's C implementation."""

    name, most = "eventsourcing", MOST_THREADS

    def __init__(self, dsn: str) -> None:
        from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

        place = urlsplit(dsn)
        self._datastore = PostgresDatastore(
            place.path[1:],
            place.hostname,
            place.port,
            place.username,
            place.password,
            pool_size=MOST_THREADS,
        )
        self._recorder = PostgresApplicationRecorder(self._datastore)
        self._recorder.create_table()
        self._datastore.pool.wait(PATIENCE)

    async def load(self, in_flight: int, seconds: float) -> Measured:
        return await in_threads(min(in_flight, MOST_THREADS), seconds, self._writer)

    def _writer(self) -> Callable[[], None]:
        from eventsourcing.persistence import StoredEvent

        streams, data = Streams(), sample_bytes()

        def once() -> None:
            stream, version = streams.next()
            self._recorder.insert_events(
                [StoredEvent(id_of(stream), version + 1, "reminder-issued.v1", data)]
            )

        return once

    def close(self) -> None:
        self._datastore.close()


class Uma:
    """UmaDB, a Rust event store: one thread and one client a command, each event tagged with its stream."""

    name, most = "umadb", None

    def __init__(self, address: str) -> None:
        # It wants to be imported by the main thread.
        import umadb

        self._uma, self._address = umadb, address

    async def load(self, in_flight: int, seconds: float) -> Measured:
        return await in_threads(in_flight, seconds, self._writer)

    def _writer(self) -> Callable[[], None]:
        client, streams, data = self._uma.Client(self._address), Streams(), sample_bytes()

        def once() -> None:
            stream, _ = streams.next()
            client.append([self._uma.Event("reminder-issued.v1", data, tags=[stream], uuid=uuid4())])

        return once


@asynccontextmanager
async def ours(server: BenchmarkPostgres) -> AsyncIterator[Ours]:
    """This ledger, open."""
    async with PostgresLedger(await server.ledger("ours")) as ledger:
        yield Ours(ledger)


@asynccontextmanager
async def bare(server: BenchmarkPostgres) -> AsyncIterator[Bare]:
    """The bare table, with its connections."""
    dsn = await server.create_database("bare")
    async with asyncpg.create_pool(dsn, min_size=0, max_size=Bare.CONNECTIONS, reset=_nothing) as pool:
        await pool.execute(Bare.TABLE)
        yield Bare(pool)


@asynccontextmanager
async def library(server: BenchmarkPostgres) -> AsyncIterator[Library]:
    """The library's recorder, with its tables."""
    store = Library(await server.create_database("library"))
    try:
        yield store
    finally:
        store.close()


@asynccontextmanager
async def uma(folder: Path, slower: dict[str, str]) -> AsyncIterator[Uma]:
    """The server that the UmaDB wheel holds, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    program = Path(sys.executable).with_name("umadb")
    command = [program, "--listen", f"127.0.0.1:{port}", "--db-path", folder / "uma.db"]
    with subprocess.Popen(command, env={**os.environ, **slower}, stdout=-3, stderr=-3) as process:
        try:
            _wait_for(port)
            yield Uma(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("UmaDB's server did not start.")


async def _nothing(_: asyncpg.Connection) -> None:
    """asyncpg's clearing of a connection costs a round trip, which would be unfair to the bare insert."""
