"""An empty ledger of its own for each test, on PostgreSQL and in memory."""

from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest

from forthwith.embedded.postgres import EmbeddedPostgres
from ledger.migrations import migrate
from ledger.privileges import provision, with_login

PASSWORD = "an application's password"
TEMPLATE = "empty_record_of_the_bridge"


@pytest.fixture(scope="session")
async def empty_record(postgres: EmbeddedPostgres) -> str:
    """The name of a database with our schema, to be copied."""
    dsn = await postgres.create_database(TEMPLATE)
    await migrate(dsn)
    await provision(dsn, PASSWORD)
    return TEMPLATE


@pytest.fixture
async def owner_url(
    postgres: EmbeddedPostgres, empty_record: str, numbers: Callable[[], int]
) -> AsyncIterator[str]:
    """The owner's way into a fresh, empty record."""
    name = f"bridged_{numbers()}"
    connection = await asyncpg.connect(postgres.dsn)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {empty_record}")
    await connection.close()
    dsn = postgres.dsn.replace("/forthwith?", f"/{name}?")
    await provision(dsn, PASSWORD)
    yield dsn
    await postgres.drop_database(name)


@pytest.fixture
def url(owner_url: str) -> str:
    """The application's way into it."""
    return with_login(owner_url, "forthwith_app", PASSWORD)
