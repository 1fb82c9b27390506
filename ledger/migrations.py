"""Brings the schema of a database up to date, and refuses one that is not what its migrations say."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg

from ledger import sql_files

_ONE_AT_A_TIME = 0x466F727468776974
_BOOKKEEPING = "SELECT to_regclass('forthwith.migrations') IS NOT NULL"
_APPLIED = "SELECT name, sha256 FROM forthwith.migrations ORDER BY name"
_RECORD = "INSERT INTO forthwith.migrations (name, sha256) VALUES ($1, $2)"
_OWNER = "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'forthwith'"

Connection: TypeAlias = asyncpg.Connection


class SchemaDrift(Exception):
    """The database does not look as its migrations say; the sentence names the first difference."""


async def migrate(dsn: str) -> list[str]:
    """Apply what is missing, each file in its own transaction, and return the names of what was applied.

    Raises SchemaDrift when the database is not what the files already applied have made of it.
    """
    async with _alone(dsn) as connection:
        files = sql_files.migrations()
        pending = _pending(files, await _applied(connection))
        for name in pending:
            await _apply(connection, name, files[name])
        await _refuse_difference(connection)
        return pending


async def check(dsn: str) -> None:
    """Raise SchemaDrift unless all migrations are applied unchanged and the schema is what they make."""
    async with _connected(dsn) as connection:
        pending = _pending(sql_files.migrations(), await _applied(connection))
        if pending:
            raise SchemaDrift(
                f"The database is not up to date: {pending[0]} has not been applied. Run the migration."
            )
        await _refuse_difference(connection)


async def describe(dsn: str) -> list[str]:
    """Every object of the schema as one line of text."""
    async with _connected(dsn) as connection:
        return await _described(connection)


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[Connection]:
    # Names are described relative to the search path, and a login called forthwith has our schema on it.
    settings = {"search_path": "pg_catalog"}
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60, server_settings=settings)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _alone(dsn: str) -> AsyncIterator[Connection]:
    """Two that migrate at the same moment would both see the same file missing."""
    async with _connected(dsn) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", _ONE_AT_A_TIME)
        yield connection


async def _applied(connection: Connection) -> dict[str, str]:
    if not await connection.fetchval(_BOOKKEEPING):
        return {}
    return {row["name"]: row["sha256"] for row in await connection.fetch(_APPLIED)}


def _pending(files: dict[str, str], applied: dict[str, str]) -> list[str]:
    for name, digest in applied.items():
        if name not in files:
            raise SchemaDrift(f"The database was migrated with {name}, which this version does not have.")
        if digest != _digest(files[name]):
            raise SchemaDrift(f"{name} has been changed since it was applied to this database.")
    pending = [name for name in files if name not in applied]
    if pending and applied and pending[0] < max(applied):
        raise SchemaDrift(
            f"{pending[0]} is missing from this database, although {max(applied)} has been applied."
        )
    return pending


async def _apply(connection: Connection, name: str, text: str) -> None:
    async with connection.transaction():
        owner = await connection.fetchval(_OWNER)
        if owner is not None:
            await connection.execute("SELECT set_config('role', $1, true)", owner)
        await connection.execute(text)
        await connection.execute(_RECORD, name, _digest(text))


async def _refuse_difference(connection: Connection) -> None:
    found, expected = set(await _described(connection)), set(sql_files.expected_schema())
    for line in sorted(expected - found):
        raise SchemaDrift(f"The schema has been changed by hand: it lacks “{line}”.")
    for line in sorted(found - expected):
        raise SchemaDrift(f"The schema has been changed by hand: it has “{line}”, which no migration made.")


async def _described(connection: Connection) -> list[str]:
    return [row["line"] for row in await connection.fetch(sql_files.query("describe_schema"))]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
