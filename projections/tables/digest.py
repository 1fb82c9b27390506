"""The digests of read models: SHA-256 over what PostgreSQL's COPY writes of each table, in the order of its key."""

import hashlib

from projections.tables.models.all import PROJECTIONS
from projections.tables.table import Projection, Table
from projections.tables.writing import SCHEMA, Connection


async def digest_of_tables(
    connection: Connection, projections: tuple[Projection, ...] = PROJECTIONS, beside: str = ""
) -> dict[str, str]:
    """Each table's digest in hexadecimal, by its name. Ask within one transaction that holds the positions still."""
    tables = [table for each in projections for table in each.tables]
    return {table.name: await _digest(connection, table, beside) for table in tables}


async def _digest(connection: Connection, table: Table, beside: str) -> str:
    running = hashlib.sha256()

    async def take(data: bytes) -> None:
        running.update(data)

    names = ", ".join(table.columns)
    ordered = (
        f"SELECT {names} FROM {SCHEMA}.{table.name}{beside} ORDER BY {', '.join(table.columns[: table.keys])}"  # noqa: S608 - the names are our own
    )
    await connection.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")
    await connection.copy_from_query(ordered, output=take)
    return running.hexdigest()
