"""What kill -9 of PostgreSQL may do to the record: nothing."""

import asyncio
import os
import shutil
import signal
import tempfile
from pathlib import Path

import asyncpg
import pytest

from domain.record import OutboxItem
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.state import StateFolder
from ledger.connection import Patience
from ledger.migrations import migrate
from ledger.postgres import PostgresLedger
from ledger.privileges import provision

pytestmark = pytest.mark.slow
KILLS, WRITERS, BETWEEN_KILLS = 3, 12, 600

ORPHANS = """
SELECT count(*) FROM forthwith.receipts AS receipt
FULL JOIN forthwith.outbox AS item ON item.index = receipt.last_index
FULL JOIN forthwith.events AS event ON event.index = coalesce(receipt.last_index, item.index)
WHERE receipt.command_id IS NULL OR item.id IS NULL OR event.index IS NULL
"""


@pytest.fixture
async def own_postgres():
    """A server of our own, because the others would not like what happens to it."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-killed-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(StateFolder(folder / "state"))
    await server.start()
    yield server
    await server.stop()
    shutil.rmtree(folder)


async def test_kill_nine_loses_no_acknowledged_event_and_doubles_none(own_postgres, an_act, until):
    """Control: with ALTER ROLE forthwith_app SET synchronous_commit = off, the first kill takes acknowledged
    events with it, and the writers find their streams shorter than they left them."""
    await migrate(own_postgres.dsn)
    app_dsn = await provision(own_postgres.dsn, "secret")
    acknowledged, seen = {}, []
    finished = asyncio.Event()

    async def write(ledger, stream):
        version = 0
        while not finished.is_set():
            item = OutboxItem("poke", f"{stream}/{version}", {})
            receipt = await ledger.append(an_act(stream, version, outbox=(item,)))
            acknowledged[receipt.first_index] = receipt.leaves[0]
            version += 1

    async def follow(ledger):
        async for batch in ledger.follow():
            seen.extend(batch)

    async with PostgresLedger(app_dsn, patience=Patience(altogether=60)) as ledger:
        following = asyncio.create_task(follow(ledger))
        writing = [asyncio.create_task(write(ledger, f"occ/{number}")) for number in range(WRITERS)]
        for kill in range(1, KILLS + 1):
            await until(lambda kill=kill: len(acknowledged) >= kill * BETWEEN_KILLS)
            os.kill(own_postgres.pid, signal.SIGKILL)
            await own_postgres.ended()
            await own_postgres.start()
        finished.set()
        await asyncio.gather(*writing)
        size = (await ledger.head()).size
        await until(lambda: len(seen) >= size)
        following.cancel()
        log = await ledger.read(limit=size + 1)

    stored = {event.index: event.leaf for event in log}
    assert acknowledged == stored
    assert [event.index for event in seen] == [event.index for event in log] == list(range(1, size + 1))
    connection = await asyncpg.connect(app_dsn)
    assert await connection.fetchval(ORPHANS) == 0
    await connection.close()
