"""A read model is built anew beside the live one, while the record goes on growing."""

import asyncio

import asyncpg
import pytest

from projections.tables.digest import digest_of_tables
from projections.tables.health import health
from projections.tables.models.all import BY_NAME, PROJECTIONS
from projections.tables.projector import Projector
from projections.tables.rebuild import rebuild


@pytest.fixture
async def year(rehearsed):
    return await (await rehearsed("two-reports-missed")).read(limit=100_000)


async def digests(owner):
    async with owner.transaction():
        return await digest_of_tables(owner)


@pytest.mark.parametrize(("page", "room"), [(5000, 200_000), (40, 1)])
async def test_what_is_rebuilt_is_what_was_there(year, record, projector, owner, page, room):
    await record(year[:500])
    await Projector(page=61).catch_up(projector)
    await record(year[500:])
    done = []
    again = await rebuild(
        projector, PROJECTIONS, compare=True, page=page, room=room, on_progress=lambda *at: done.append(at)
    )
    assert (again.equal, again.swapped, again.position, again.differences) == (True, False, len(year), ())
    assert done[-1] == (len(year), len(year))
    assert again.digests == await digests(owner)
    assert {each.proven_index for each in await health(projector)} == {len(year)}

    for name in again.digests:
        await owner.execute(f"DELETE FROM forthwith_read.{name}")
    swapped = await rebuild(projector, PROJECTIONS, page=page, room=room)
    assert (swapped.swapped, swapped.digests) == (True, again.digests)
    assert await digests(owner) == again.digests
    assert not await owner.fetch(
        "SELECT FROM pg_tables WHERE schemaname = 'forthwith_read' AND tablename LIKE '%next'"
    )


async def test_a_comparison_names_the_rows_that_differ_and_swaps_nothing(year, record, projector, owner):
    await record(year)
    await Projector().catch_up(projector)
    await owner.execute(
        "UPDATE forthwith_read.deliveries SET person = 'somebody-else' "
        "WHERE index = (SELECT min(index) FROM forthwith_read.deliveries)"
    )
    await owner.execute("DELETE FROM forthwith_read.chronology WHERE index = 7")
    spoilt = await digests(owner)
    found = await rebuild(projector, PROJECTIONS, compare=True)
    assert set(found.unequal) == {"deliveries", "chronology"}
    sides = {(each.table, each.side) for each in found.differences}
    assert ("chronology", "rebuilt") in sides
    assert ("chronology", "live") not in sides
    assert all(
        "somebody-else" in e.line for e in found.differences if (e.table, e.side) == ("deliveries", "live")
    )
    assert await digests(owner) == spoilt
    proven = {each.projection: each.proven_index for each in await health(projector)}
    assert proven == {
        "standing": len(year), "tasks": len(year), "considerations": len(year), "rights": len(year), "deliveries": None,
        "chronology": None,
    }  # fmt: skip
    (one,) = [(await rebuild(projector, [BY_NAME["deliveries"]])).digests["deliveries"]]
    assert one != spoilt["deliveries"]


async def test_readers_and_writers_go_on_while_tables_are_swapped(
    year, record, projector, projector_dsn, app_dsn, owner
):
    await record(year[:300])
    keeper, reader = await asyncpg.connect(projector_dsn), await asyncpg.connect(app_dsn)
    over, counts = asyncio.Event(), []

    async def write() -> None:
        for at in range(300, len(year), 5):
            await record(year[at : at + 5])
            await asyncio.sleep(0)

    async def keep_up() -> None:
        live = Projector(page=20)
        while not over.is_set():
            await live.advance(keeper)
            await asyncio.sleep(0)

    async def read() -> None:
        while not over.is_set():
            counts.append(await reader.fetchval("SELECT count(*) FROM forthwith_read.chronology"))
            await asyncio.sleep(0)

    async def build() -> int:
        swaps = 0
        while not writing.done():
            swaps += (await rebuild(projector, PROJECTIONS, page=50)).swapped
        return swaps

    writing = asyncio.create_task(write())
    others = [asyncio.create_task(keep_up()), asyncio.create_task(read())]
    assert await build() >= 1
    await writing
    over.set()
    await asyncio.gather(*others)
    await Projector().catch_up(projector)

    assert counts == sorted(counts)
    assert (await rebuild(projector, PROJECTIONS, compare=True)).equal
    assert await owner.fetchval("SELECT count(*) FROM forthwith_read.chronology") == len(year)
    await keeper.close()
    await reader.close()


async def test_two_builds_at_once_take_turns(year, record, projector, projector_dsn, owner):
    await record(year[:200])
    other = await asyncpg.connect(projector_dsn)
    both = await asyncio.gather(
        rebuild(projector, PROJECTIONS, page=20), rebuild(other, [BY_NAME["deliveries"]], page=20)
    )
    assert both[0].digests["deliveries"] == both[1].digests["deliveries"]
    assert (await rebuild(other, PROJECTIONS, compare=True)).equal
    await other.close()
