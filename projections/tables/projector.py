"""Keeps read models up with the record: page by page, each event once, whatever is wrong with one of them."""

from collections.abc import Sequence

import asyncpg

from projections.tables.folding import Folding, Parked
from projections.tables.happened import HoleInTheRecord, happened, page_after
from projections.tables.models.all import PROJECTIONS
from projections.tables.sql_files import query
from projections.tables.states import ROOM, States
from projections.tables.table import Projection
from projections.tables.writing import Connection, clear, park, write

PAGE = 5000
_REFUSED = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, asyncpg.ProgramLimitExceededError)


class Projector:
    """Moves read models; those that stand at the same place share the reading and the folding.

    Positions are locked and moved in the transaction that writes the rows, so that several may run: each event counts
    once. States are kept from page to page, and are thrown away when they are not those of the position found.
    """

    def __init__(
        self, projections: Sequence[Projection] = PROJECTIONS, page: int = PAGE, room: int = ROOM
    ) -> None:
        self._by_name = {each.name: each for each in projections}
        self._page, self._room = page, room
        self._states: dict[int, States] = {}

    async def advance(self, connection: Connection, until: int | None = None) -> int:
        """Take the next page for whoever is behind; returns how many events were taken, 0 when nobody is.

        `until`: nothing after that event is taken. Raises HoleInTheRecord never: it is an alarm on whoever met it.
        """
        try:
            async with connection.transaction():
                rows = await connection.fetch(query("lock_positions"), list(self._by_name))
                head = await connection.fetchval(query("head"))
                until = head if until is None else min(head, until)
                groups: dict[int, list[str]] = {}
                for row in rows:
                    groups.setdefault(row["position"], []).append(row["projection"])
                self._states = {at: kept for at, kept in self._states.items() if at in groups}
                behind = [(at, names) for at, names in groups.items() if at < until]
                return sum([await self._take_page(connection, at, names, until) for at, names in behind])
        except BaseException:
            self._states.clear()
            raise

    async def catch_up(self, connection: Connection) -> None:
        """Take pages until there is nothing that can be taken."""
        while await self.advance(connection):
            pass

    async def _take_page(self, connection: Connection, at: int, names: list[str], until: int) -> int:
        projections = [self._by_name[name] for name in names]
        states = self._states.pop(at, None) or States(at, self._room)
        try:
            page = page_after(at, await connection.fetch(query("page"), at, until, self._page))
            if not page:
                raise HoleInTheRecord(
                    f"Event {at + 1} is missing from the record, which counts {until} events."
                )
        except HoleInTheRecord as hole:
            await connection.execute(query("alarm"), names, str(hole))
            return 0
        still = await _standing_still(connection, names)
        folding = Folding(projections, states, still)
        await read_states(connection, states, projections, page)
        for each in page:
            folding.take(each)
        states.position = page[-1].index
        folding.settle()
        for _ in states.make_room():
            pass
        moved = [each.name for each in projections if await self._write(connection, folding, each.name)]
        await connection.execute(query("move"), moved, states.position)
        if moved:
            self._states[states.position] = states
        return len(page) if moved else 0

    async def _write(self, connection: Connection, folding: Folding, name: str) -> bool:
        """Write what one read model has; where the database refuses it, that one stands still and the others do not."""
        try:
            async with connection.transaction():
                await write(connection, folding.rows[name])
                await park(connection, [each for each in folding.parked if each.projection == name])
        except _REFUSED as refusal:
            await connection.execute(
                query("alarm"), [name], f"The database refused its rows: {refusal}"[:2000]
            )
            return False
        return True


async def read_states(
    connection: Connection, states: States, projections: Sequence[Projection], page: Sequence[object]
) -> None:
    """Read the notices that a page is about, as they were before it."""
    if not any(each.needs_cases for each in projections):
        return
    notices = (each.under for each in page if each.is_ours)  # type: ignore[attr-defined]  # they are Happened
    for notice in states.missing(notices):
        rows = (
            await connection.fetch(query("under_notice"), notice, states.position) if states.position else ()
        )
        states.load(notice, [happened(*row) for row in rows])


async def _standing_still(connection: Connection, names: list[str]) -> dict[str, set[str]]:
    still: dict[str, set[str]] = {}
    for row in await connection.fetch(query("standing_still"), names):
        still.setdefault(row["projection"], set()).add(row["stream"])
    return still


async def retry(connection: Connection, projection: Projection) -> list[Parked]:
    """Take what was parked for a read model again, and return what is parked still.

    A notice with a stream that stands still is folded afresh with all that is under it, so that its rows become those
    of a read model that never stumbled. The others are not touched.
    """
    name = projection.name
    async with connection.transaction():
        (row,) = await connection.fetch(query("lock_positions"), [name])
        waiting = await connection.fetch(query("parked"), [name])
        notices = dict.fromkeys(each["stream"].split("/", 2)[1] for each in waiting)
        await connection.execute(query("unpark"), name, list({each["stream"] for each in waiting}))
        found: list[Parked] = []
        for notice in notices:
            found += await _fold_afresh(connection, projection, notice, row["position"])
        await park(connection, found)
    return found


async def _fold_afresh(
    connection: Connection, projection: Projection, notice: str, position: int
) -> list[Parked]:
    states = States(0)
    states.load(notice, ())
    folding = Folding([projection], states, {})
    rows = await connection.fetch(query("under_notice"), notice, position)
    for row in rows:
        folding.take(happened(*row))
        states.position = row[0]
    folding.settle()
    for table in projection.tables:
        await clear(connection, table, "notice", [notice])
    await write(connection, folding.rows[projection.name])
    return folding.parked
