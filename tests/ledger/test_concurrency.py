"""Many writers, several processes: the record stays dense, in order, and every follower sees it whole."""

import asyncio
import contextlib
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest

import ledger as ledger_room
from domain.record import Conflict, LedgerUnreachable, OutboxItem
from ledger.connection import Patience
from ledger.flush import arguments
from ledger.postgres import PostgresLedger
from ledger.reading import HoleInTheLog
from ledger.request import prepare
from ledger.sql_files import query

PROJECT = Path(ledger_room.__file__).parents[1]
WRITER = Path(__file__).with_name("writer.py")


async def write_stream(ledger, an_act, stream, count):
    for version in range(count):
        act = an_act(stream, version, outbox=(OutboxItem("poke", f"{stream}/{version}", {}),))
        await ledger.append(act)


def assert_dense_and_in_order(events, size):
    assert [event.index for event in events] == list(range(1, size + 1))
    recorded = [event.recorded for event in events]
    assert recorded == sorted(recorded)


async def test_eight_writers_leave_no_hole_and_a_follower_misses_nothing(app_dsn, ledger, an_act, until):
    seen = []

    async def follow():
        async for batch in ledger.follow():
            seen.extend(batch)

    following = asyncio.create_task(follow())
    async with AsyncExitStack() as stack:
        writers = [await stack.enter_async_context(PostgresLedger(app_dsn, connections=2)) for _ in range(8)]
        streams = [f"occ/{number}" for number in range(16)]
        await asyncio.gather(
            *(write_stream(writers[number % 8], an_act, stream, 40) for number, stream in enumerate(streams))
        )
    await until(lambda: len(seen) >= 640)
    following.cancel()

    assert_dense_and_in_order(seen, 640)
    assert await ledger.streams("occ/") == dict.fromkeys(sorted(streams), 40)


async def test_two_processes_share_one_record(app_dsn, ledger):
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, str(WRITER), app_dsn, f"process/{number}", "150", env=environment, stdout=-1
        )
        for number in range(2)
    ]
    answers = await asyncio.gather(*(process.communicate() for process in processes))
    acknowledged = sorted(int(line) for out, _ in answers for line in out.split())

    assert acknowledged == list(range(1, 301))
    assert_dense_and_in_order(await ledger.read(), 300)


async def test_writers_in_different_processes_conflict_like_neighbours(app_dsn, ledger, an_act):
    async with PostgresLedger(app_dsn) as other:
        answers = await asyncio.gather(
            *(writer.append(an_act("s", 0)) for writer in (ledger, other) for _ in range(3)),
            return_exceptions=True,
        )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict"] * 5 + ["Receipt"]


async def test_a_caller_who_gives_up_leaves_the_others_alone(ledger, an_act):
    tasks = [asyncio.create_task(ledger.append(an_act(f"s/{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    answers = await asyncio.gather(*tasks[1::2])
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
    streams = await ledger.streams("s/")
    assert {f"s/{number}" for number in range(1, 20, 2)} <= set(streams)
    assert len({receipt.first_index for receipt in answers}) == 10
    assert_dense_and_in_order(await ledger.read(), len(streams))


async def test_a_flush_that_dies_half_way_leaves_neither_event_nor_errand(app_dsn, ledger, an_act):
    act = an_act("s", 0, outbox=(OutboxItem("poke", "p", {}),))
    connection = await asyncpg.connect(app_dsn)
    with contextlib.suppress(RuntimeError):
        async with connection.transaction():
            await connection.fetch(query("append"), *arguments([prepare(act)]))
            assert await connection.fetchval("SELECT count(*) FROM forthwith.outbox") == 1
            raise RuntimeError("the power fails before the commit")
    for table in ("events", "streams", "receipts", "outbox"):
        assert await connection.fetchval(f"SELECT count(*) FROM forthwith.{table}") == 0
    await connection.close()
    assert (await ledger.append(act)).first_index == 1


async def test_the_append_function_refuses_two_commands_for_a_stream_in_one_flush(app_dsn, an_act):
    connection = await asyncpg.connect(app_dsn)
    together = [prepare(an_act("s", 0)), prepare(an_act("t", 0, guards=(("s", 0),)))]
    with pytest.raises(asyncpg.CardinalityViolationError, match="only one command for each stream"):
        await connection.fetch(query("append"), *arguments(together))
    await connection.close()


async def test_a_follower_raises_the_alarm_when_an_event_was_removed(postgres_dsn, ledger, an_act):
    for version in range(3):
        await ledger.append(an_act("s", version))
    owner = await asyncpg.connect(postgres_dsn)
    await owner.execute("ALTER TABLE forthwith.events DISABLE TRIGGER ALL")
    await owner.execute("DELETE FROM forthwith.events WHERE index = 2")
    await owner.close()
    with pytest.raises(HoleInTheLog, match="Event 2 is missing from the record; the next one is 3"):
        async for _ in ledger.follow():
            pass


async def test_a_follower_ends_when_its_ledger_closes(app_dsn, an_act):
    async with PostgresLedger(app_dsn) as ledger:
        following = asyncio.create_task(anext(ledger.follow(poll_seconds=600), "over"))
        await asyncio.sleep(0.1)
    assert await following == "over"


async def test_a_ledger_that_cannot_be_reached_says_so_in_words(an_act):
    nobody = "postgresql://forthwith_app:secret@127.0.0.1:1/forthwith"
    async with PostgresLedger(nobody, patience=Patience(altogether=0.3)) as ledger:
        with pytest.raises(
            LedgerUnreachable, match="could not be reached; as far as is known, nothing was saved"
        ):
            await ledger.append(an_act("s", 0))
        with pytest.raises(LedgerUnreachable):
            await ledger.head()


async def test_a_wrong_password_is_said_at_once(app_dsn, an_act):
    wrong = app_dsn.replace("forthwith_app:", "forthwith_app:not-")
    async with PostgresLedger(wrong, patience=Patience(altogether=3600)) as ledger:
        with pytest.raises(LedgerUnreachable, match="refused the login"):
            await ledger.append(an_act("s", 0))


async def test_a_conflict_found_again_after_reload_is_resolved(ledger, an_act):
    """The way every caller works: load, decide, append, and load again after a conflict."""

    async def add_one():
        while True:
            version = (await ledger.streams("s")).get("s", 0)
            with contextlib.suppress(Conflict):
                return await ledger.append(an_act("s", version))

    await asyncio.gather(*(add_one() for _ in range(8)))
    assert await ledger.streams("s") == {"s": 8}
