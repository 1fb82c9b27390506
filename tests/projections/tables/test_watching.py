"""Any number of followers wait on one connection, and cost nothing while nothing happens."""

import asyncio

import asyncpg
import pytest

from projections.tables.projector import Projector
from projections.tables.running import keep_up
from projections.tables.watching import Watch


@pytest.fixture
async def year(rehearsed):
    return await (await rehearsed("happy-year")).read(limit=100_000)


class Counting:
    """Opens connections, and counts how often they are asked something."""

    def __init__(self, dsn):
        self.dsn, self.opened, self.asked = dsn, [], 0

    async def __call__(self):
        connection = await asyncpg.connect(self.dsn)
        connection.add_query_logger(self._count)
        self.opened.append(connection)
        return connection

    def _count(self, _):
        self.asked += 1


async def test_a_thousand_followers_ask_as_little_as_one(year, record, projector_dsn):
    connect = Counting(projector_dsn)
    async with Watch(connect, poll_seconds=0.1) as watch, asyncio.timeout(60):
        followers = [asyncio.create_task(watch.beyond(0)) for _ in range(1000)]
        while connect.asked < 8:
            await asyncio.sleep(0.02)
        assert len(connect.opened) == 1
        assert not any(each.done() for each in followers)
        await record(year[:30])
        assert await asyncio.gather(*followers) == [30] * 1000


async def test_a_lost_connection_is_made_again_and_nothing_is_missed(year, record, projector_dsn, owner):
    connect = Counting(projector_dsn)
    async with Watch(connect, poll_seconds=0.1) as watch, asyncio.timeout(60):
        await record(year[:10])
        assert await watch.beyond(9) == 10
        connect.opened[0].terminate()
        await record(year[10:15])
        assert await watch.beyond(10) == 15


async def test_the_projector_goes_on_after_its_connection_was_cut(year, record, projector_dsn, owner):
    connect, stop = Counting(projector_dsn), asyncio.Event()
    running = asyncio.create_task(keep_up(connect, stop, Projector(page=20)))
    at = "SELECT min(position) FROM forthwith_read.positions"
    async with asyncio.timeout(60):
        for shown in range(0, len(year), 100):
            part = year[shown : shown + 100]
            await record(part)
            for connection in connect.opened[-2:]:
                connection.terminate()
            while await owner.fetchval(at) < part[-1].index:
                await asyncio.sleep(0.02)
        stop.set()
        await running
    indexes = await owner.fetch("SELECT index FROM forthwith_read.chronology ORDER BY index")
    assert [row["index"] for row in indexes] == [event.index for event in year]
