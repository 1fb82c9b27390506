"""Logins of the database that read as one person may: for an analyst, a dashboard, a spreadsheet.

Bound by the owner of the database, and never from inside: whatever such a login says, it reads for the person to whom it
was bound (migration 0036).
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from ledger import sql_files
from ledger.privileges import role_name, scram_verifier, with_login


class LoginTaken(Exception):
    """There is a login of that name which is no reader's."""


@dataclass(frozen=True, slots=True)
class BoundReader:
    """`everything`: an auditor's, from whom nothing is hidden."""

    login: str
    person: str
    everything: bool
    since: datetime


async def bind_reader(
    dsn: str, login: str, password: str, person: str, *, everything: bool = False, prefix: str = "forthwith"
) -> str:
    """Make a login or bind it anew, and return its connection string; `dsn` is the owner's. Raises LoginTaken, ValueError."""
    text = sql_files.privileges("bind_reader")
    names = {
        "login": role_name(login),
        "reader": role_name(f"{prefix}_reader"),
        "verifier": scram_verifier(password),
    }
    for each, name in names.items():
        text = text.replace(f"{{{each}}}", name)
    async with _connected(dsn) as connection, connection.transaction():
        if not await connection.fetchval(sql_files.query("may_bind_reader"), login, f"{prefix}_reader"):
            raise LoginTaken(
                f"There is a login “{login}” already, and it is no reader’s. Choose another name."
            )
        await connection.execute(text)
        await connection.execute(sql_files.query("bind_reader"), login, person, everything)
    return with_login(dsn, login, password)


async def unbind_reader(dsn: str, login: str) -> bool:
    """Whether there was such a reader. The login is removed with its binding, unless another database still uses it."""
    async with _connected(dsn) as connection:
        found = await connection.fetchval(sql_files.query("unbind_reader"), login)
        if found:
            await connection.execute(
                sql_files.privileges("unbind_reader").replace("{login}", role_name(login))
            )
    return bool(found)


async def readers(dsn: str) -> Sequence[BoundReader]:
    """By name."""
    async with _connected(dsn) as connection:
        return [BoundReader(**dict(row)) for row in await connection.fetch(sql_files.query("list_readers"))]


@asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
    try:
        yield connection
    finally:
        await connection.close()
