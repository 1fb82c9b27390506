"""Builds read models anew beside the live ones, while events go on being recorded, and swaps or compares them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import asyncpg
import orjson

from projections.tables.digest import digest_of_tables
from projections.tables.folding import Folding, Parked
from projections.tables.happened import HoleInTheRecord, page_after
from projections.tables.projector import PAGE, Projector, read_states
from projections.tables.rows import Rows
from projections.tables.sql_files import BESIDE, query
from projections.tables.states import ROOM, States
from projections.tables.table import Projection, Table
from projections.tables.writing import Connection, copy, park, write

MANY = 100_000
SHOWN = 20
_TRIES = 30

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that only one side has: `live` or `rebuilt`. `line` is the row as PostgreSQL writes it."""

    table: str
    side: str
    line: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of it. `position`: up to which event both were built. `differences` hold at most some rows a table."""

    projections: tuple[str, ...]
    position: int
    swapped: bool
    digests: dict[str, str]
    unequal: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    parked: tuple[Parked, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.unequal


@dataclass(slots=True)
class _Build:
    """What has been built so far, up to `states.position`."""

    projections: Sequence[Projection]
    states: States
    folding: Folding
    parked: list[Parked] = field(default_factory=list)


async def rebuild(
    connection: Connection,
    projections: Sequence[Projection],
    *,
    compare: bool = False,
    on_progress: Progress = lambda _done, _of: None,
    page: int = PAGE,
    room: int = ROOM,
) -> Rebuilt:
    """Build read models from the first event on. With `compare` nothing is swapped: the two are compared.

    Readers and writers go on meanwhile; at the end the live ones stand still while the last events are taken.
    """
    tables = [table for each in projections for table in each.tables]
    await connection.execute(query("one_build_at_a_time"))
    for table in tables:
        await connection.execute(query("build_beside").replace("{table}", table.name))
    try:
        build = await _build(connection, projections, on_progress, page, room)
        if compare:
            return await _compare(connection, build, page)
        return await _swap(connection, build, tables, page)
    finally:
        for table in tables:
            await connection.execute(query("drop_beside").replace("{table}", table.name))
        await connection.execute(query("build_is_over"))


async def _build(
    connection: Connection, projections: Sequence[Projection], on_progress: Progress, page: int, room: int
) -> _Build:
    states = States(0, room)
    build = _Build(projections, states, Folding(projections, states, {}))
    size = await connection.fetchval(query("head"))
    while states.position < size:
        await _take_page(connection, build, size, page)
        build.folding.settle([gone for _, gone in states.make_room()])
        await _put_down(connection, build, all_of_it=False)
        on_progress(states.position, size)
    build.folding.settle()
    await _put_down(connection, build, all_of_it=True)
    build.parked += build.folding.parked
    # What was recorded meanwhile, page by page; the rest is taken while the live ones stand still.
    while (size := await connection.fetchval(query("head"))) - states.position > page:
        await _catch_up(connection, build, size, page)
    return build


async def _take_page(connection: Connection, build: _Build, until: int, page: int) -> None:
    states = build.states
    events = page_after(states.position, await connection.fetch(query("page"), states.position, until, page))
    if not events:
        raise HoleInTheRecord(f"Event {states.position + 1} is missing from the record.")
    await read_states(connection, states, build.projections, events)
    for each in events:
        build.folding.take(each)
    states.position = events[-1].index


async def _catch_up(connection: Connection, build: _Build, until: int, page: int) -> None:
    """As the live ones do it: rows in the place of rows."""
    while build.states.position < until:
        build.folding = Folding(build.projections, build.states, build.folding.still)
        await _take_page(connection, build, until, page)
        build.folding.settle()
        for rows in build.folding.rows.values():
            await write(connection, rows, BESIDE)
        build.parked += build.folding.parked


async def _put_down(connection: Connection, build: _Build, *, all_of_it: bool) -> None:
    """Rows that nothing changes any more are written at once; the others when there are many, or at the end."""
    for rows in build.folding.rows.values():
        for table in list(rows.told):
            changes = table.retold or (table.amends and len(rows.told[table]) <= MANY)
            if all_of_it or not changes:
                whole = rows.told.pop(table)
                await copy(connection, table, list(whole.values()), BESIDE)
        if all_of_it:
            for table, settled in rows.by_table().items():
                await copy(connection, table, settled, BESIDE)
        if rows.amended:
            await write(connection, Rows(amended=rows.amended), BESIDE)
            rows.amended = {}


async def _swap(connection: Connection, build: _Build, tables: Sequence[Table], page: int) -> Rebuilt:
    names = [each.name for each in build.projections]
    for attempt in range(_TRIES):
        # Nearly all is taken before anybody has to wait.
        await _catch_up(connection, build, await connection.fetchval(query("head")), page)
        try:
            async with connection.transaction():
                await _lock(connection, names, tables)
                await _catch_up(connection, build, await connection.fetchval(query("head")), page)
                await _take_the_place(connection, build, names, tables)
            break
        except asyncpg.LockNotAvailableError:
            if attempt == _TRIES - 1:
                raise
    async with connection.transaction():
        digests = await digest_of_tables(connection, tuple(build.projections))
    return Rebuilt(tuple(names), build.states.position, True, digests, parked=tuple(build.parked))


async def _lock(connection: Connection, names: list[str], tables: Sequence[Table]) -> None:
    """A reader that takes long makes us wait, and whoever comes after us would wait behind us: we give up and come again."""
    await connection.execute(query("lock_patience"))
    await connection.fetch(query("lock_positions"), names)
    for table in tables:
        await connection.execute(query("lock_table").replace("{table}", table.name))


async def _take_the_place(
    connection: Connection, build: _Build, names: list[str], tables: Sequence[Table]
) -> None:
    for table in tables:
        await connection.execute(query("swap").replace("{table}", table.name))
    await connection.execute(query("move"), names, build.states.position)
    for name in names:
        await connection.execute(query("unpark_all"), name)
    await park(connection, build.parked)


async def _compare(connection: Connection, build: _Build, page: int) -> Rebuilt:
    names = [each.name for each in build.projections]
    await _catch_up(connection, build, await connection.fetchval(query("head")), page)
    live = Projector(build.projections, page)
    await live.catch_up(connection)
    async with connection.transaction():
        rows = await connection.fetch(query("lock_positions"), names)
        # The live ones may have been taken further by another process; neither side is left behind the other.
        until = max(build.states.position, *(row["position"] for row in rows))
        while await live.advance(connection, until):
            pass
        await _catch_up(connection, build, until, page)
        digests = await digest_of_tables(connection, tuple(build.projections))
        again = await digest_of_tables(connection, tuple(build.projections), BESIDE)
        unequal = tuple(name for name in digests if digests[name] != again[name])
        differences = [each for name in unequal for each in await _differences(connection, name)]
        for projection in build.projections:
            own = {table.name: digests[table.name] for table in projection.tables}
            if not own.keys() & set(unequal):
                stored = orjson.dumps(own).decode()
                await connection.execute(query("prove"), projection.name, until, stored)
    return Rebuilt(tuple(names), until, False, digests, unequal, tuple(differences), tuple(build.parked))


async def _differences(connection: Connection, table: str) -> list[Difference]:
    rows = await connection.fetch(query("differences").replace("{table}", table), SHOWN)
    return [Difference(table, row["side"], row["line"]) for row in rows]
