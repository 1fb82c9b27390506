"""Rows into tables: one statement for each table and page, or COPY where a table is filled for the first time."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import asyncpg

from projections.tables.folding import Parked
from projections.tables.rows import Rows
from projections.tables.sql_files import query
from projections.tables.table import Row, Table

Connection: TypeAlias = asyncpg.Connection
SCHEMA = "forthwith_read"


async def write(connection: Connection, rows: Rows, beside: str = "") -> None:
    """Put rows in the place of what is there; `beside`: in the tables that are being built."""
    named = _tables_with_several(rows)
    for table in named:
        await clear(connection, table, "occurrence", list(rows.settled), beside)
    for table, whole in rows.by_table().items():
        await connection.execute(query(f"put_{table.name}", beside), *_columns(table, whole))
    for table, ends in rows.amended.items():
        lines = [(*key, *values) for key, values in ends.items()]
        await connection.execute(query(f"amend_{table.name}", beside), *map(list, zip(*lines, strict=True)))


async def copy(connection: Connection, table: Table, rows: Sequence[Row], beside: str) -> None:
    """Add rows to a table that holds none of them."""
    lines = [_with_lists(table, row) for row in rows] if table.listed else rows
    await connection.copy_records_to_table(
        f"{table.name}{beside}", schema_name=SCHEMA, columns=table.columns, records=lines
    )


async def clear(
    connection: Connection, table: Table, subject: str, of: Sequence[str], beside: str = ""
) -> None:
    """Remove the rows of some subjects."""
    text = query("clear", beside).replace("{table}", table.name).replace("{subject}", subject)
    await connection.execute(text, of)


async def park(connection: Connection, parked: Iterable[Parked]) -> None:
    by_projection: dict[str, list[Parked]] = {}
    for each in parked:
        by_projection.setdefault(each.projection, []).append(each)
    for name, events in by_projection.items():
        columns = [[getattr(each, field) for each in events] for field in ("index", "stream", "fault")]
        await connection.execute(query("park"), name, *columns)


def _tables_with_several(rows: Rows) -> list[Table]:
    """Where an occurrence has several rows, one of them may be there no more."""
    found = {put.table: None for each in rows.settled.values() for put in each if put.table.keys > 1}
    return list(found)


def _columns(table: Table, rows: Sequence[Row]) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    for place in table.listed:
        columns[place] = [" ".join(value) for value in columns[place]]
    return columns


def _with_lists(table: Table, row: Row) -> list[Any]:
    line = list(row)
    for place in table.listed:
        line[place] = list(line[place])
    return line
