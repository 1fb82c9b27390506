"""A record on PostgreSQL that holds what a rehearsal recorded, as far as it has been told to show it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import asyncpg
import pytest

from domain.record import Recorded
from ledger.privileges import provision, with_login
from tests.conftest import PASSWORD

_COLUMNS = (
    "index", "stream", "version", "type", "recorded", "effective", "notice", "obligation", "occurrence", "rung", "actor",
    "command_id", "event_id", "canonical", "leaf",
)  # fmt: skip

Show = Callable[[Sequence[Recorded]], Awaitable[None]]


@pytest.fixture
async def owner(postgres_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def projector_dsn(postgres_dsn: str) -> str:
    """The login that keeps the read models."""
    await provision(postgres_dsn, PASSWORD, projector_password=PASSWORD)
    return with_login(postgres_dsn, "forthwith_projector", PASSWORD)


@pytest.fixture
async def projector(projector_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(projector_dsn)
    yield connection
    await connection.close()


@pytest.fixture
def record(owner: asyncpg.Connection) -> Show:
    """Puts events into the record as they stand, past the append function, which would number them itself."""

    async def show(events: Sequence[Recorded]) -> None:
        await show_record(owner, events)

    return show


async def show_record(owner: asyncpg.Connection, events: Sequence[Recorded]) -> None:
    async with owner.transaction():
        await owner.copy_records_to_table(
            "events", schema_name="forthwith", columns=_COLUMNS, records=[_row(each) for each in events]
        )
        await owner.execute(
            "UPDATE forthwith.head SET size = $1, recorded = $2", events[-1].index, events[-1].recorded
        )
        await owner.execute("SELECT pg_notify('forthwith', '')")


def _row(event: Recorded) -> tuple[object, ...]:
    said = event.envelope
    return (
        event.index, event.stream, event.version, event.type, event.recorded, said.effective, said.notice,
        said.obligation, said.occurrence, said.rung, str(said.actor), event.command_id, said.id, event.canonical,
        bytes.fromhex(event.leaf),
    )  # fmt: skip


@pytest.fixture
def table(owner: asyncpg.Connection) -> Callable[[str], Awaitable[list[asyncpg.Record]]]:
    """All rows of a read model's table."""

    async def rows(name: str) -> list[asyncpg.Record]:
        return await owner.fetch(f"SELECT * FROM forthwith_read.{name} ORDER BY 1, 2")

    return rows
