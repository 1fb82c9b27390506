"""States of the world: a log of a few hundred leaves, its keys, and a publisher on a real record."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.actor import ENGINE
from domain.record import Append, Envelope, Receipt, StreamWrite
from ledger.connection import Database
from ledger.log.folder import LogFolder
from ledger.log.fresh import StoredEvents
from ledger.log.keyring import Keyring
from ledger.log.publisher import Cosign, Places, Publisher, without_witnesses
from ledger.log.state import StateFile
from ledger.log.tiles import Tile, TileTree, grow
from ledger.postgres import PostgresLedger
from ledger.privileges import provision_publisher
from tests.log.authority import authority  # noqa: F401 - a fixture of two rooms

ORIGIN = "forthwith.example/log"
PASSWORD = "the publisher's password"


def leaf(number: int) -> bytes:
    return sha256(b"\x00%d" % number).digest()


def tree_of(size: int) -> TileTree:
    """The tree over the first leaves, its tiles in memory."""
    tiles: dict[Tile, bytes] = dict(grow(lambda tile: tiles[tile], 0, [leaf(each) for each in range(size)]))
    return TileTree(tiles.__getitem__, size)


@dataclass
class Office:
    """A record, and whoever publishes it."""

    ledger: PostgresLedger
    owner_dsn: str
    publisher_dsn: str
    home: Path

    @property
    def keyring(self) -> Keyring:
        return Keyring(self.home / "keys", ORIGIN)

    @property
    def state(self) -> StateFile:
        return StateFile(self.home / "state" / "signed")

    @property
    def folder(self) -> LogFolder:
        return LogFolder(self.home / "site")

    async def record(self, count: int, stream: str | None = None) -> Receipt:
        return await self.ledger.append(an_act(count, stream or f"notice/{uuid4()}"))

    @asynccontextmanager
    async def publisher(self, cosign: Cosign = without_witnesses) -> AsyncIterator[Publisher]:
        """One that has not started yet."""
        async with Database(self.publisher_dsn, connections=2) as database:
            yield Publisher(Places(StoredEvents(database), self.folder, self.state, self.keyring), cosign)

    async def publish(self, cosign: Cosign = without_witnesses) -> Any:
        """As `forthwith publish --once` does."""
        async with self.publisher(cosign) as publisher:
            await publisher.start()
            return await publisher.publish()


def an_act(count: int, stream: str) -> Append:
    noon = datetime(2016, 6, 14, 12, tzinfo=UTC)
    events = (Envelope(uuid4(), "reminder-sent.v1", noon, ENGINE, {"n": each}) for each in range(count))
    return Append(uuid4(), (StreamWrite(stream, 0, tuple(events)),))


@pytest.fixture
async def office(postgres_dsn: str, app_dsn: str, tmp_path: Path) -> AsyncIterator[Office]:
    """A record with nothing in it, and a log with one key."""
    publisher_dsn = await provision_publisher(postgres_dsn, PASSWORD)
    async with PostgresLedger(app_dsn, connections=2) as ledger:
        found = Office(ledger, postgres_dsn, publisher_dsn, tmp_path)
        found.keyring.new()
        yield found


@pytest.fixture
def as_superuser(postgres: Any, office: Office) -> Callable[[str], Any]:
    """Run a statement as somebody whom no trigger stops."""
    import asyncpg

    async def run(*statements: str) -> None:
        name = office.owner_dsn.split("/")[-1].split("?")[0]
        connection = await asyncpg.connect(f"{postgres.superuser_dsn.rpartition('/')[0]}/{name}")
        try:
            await connection.execute("SET session_replication_role = replica")
            for table in ("events", "checkpoints"):
                await connection.execute(f"ALTER TABLE forthwith.{table} DISABLE TRIGGER USER")
            for each in statements:
                await connection.execute(each)
        finally:
            await connection.close()

    return run
