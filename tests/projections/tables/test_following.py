"""Several processes write, one of them is killed, and neither a follower nor a read model misses an event."""

import asyncio
import os
import sys
from pathlib import Path
from signal import SIGKILL

import asyncpg

from ledger.postgres import PostgresLedger
from projections.tables.projector import Projector
from projections.tables.running import keep_up

ROOT = Path(__file__).parents[3]
WRITER = ROOT / "tests" / "ledger" / "writer.py"
UNTIL_KILLED = 1_000_000


async def writer(dsn, stream, count):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(WRITER),
        dsn,
        stream,
        str(count),
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
    )


async def test_a_follower_misses_nothing_when_a_writer_is_killed(app_dsn, projector_dsn, owner):
    seen, stop = [], asyncio.Event()

    async def follow(ledger):
        async for batch in ledger.follow():
            seen.extend(event.index for event in batch)

    async with PostgresLedger(app_dsn) as ledger, asyncio.timeout(120):
        following = asyncio.create_task(follow(ledger))
        keeping = asyncio.create_task(
            keep_up(lambda: asyncpg.connect(projector_dsn), stop, Projector(page=50))
        )
        writers = [await writer(app_dsn, f"other/{number}", 150) for number in range(2)]
        victim = await writer(app_dsn, "other/victim", UNTIL_KILLED)
        while (await ledger.streams("other/victim")).get("other/victim", 0) < 50:
            await asyncio.sleep(0.02)
        victim.send_signal(SIGKILL)
        assert await victim.wait() == -SIGKILL
        assert [await each.wait() for each in writers] == [0, 0]
        # What the killed writer had sent may still be committed by its server process.
        while await owner.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'forthwith' AND state = 'active'"
        ):
            await asyncio.sleep(0.02)
        size = (await ledger.head()).size
        while len(seen) < size or await positions(owner) != {size}:
            await asyncio.sleep(0.02)
        following.cancel()
        stop.set()
        await keeping
    assert size >= 350
    assert seen == list(range(1, size + 1))


async def positions(owner):
    rows = await owner.fetch("SELECT position FROM forthwith_read.positions")
    return {row["position"] for row in rows}
