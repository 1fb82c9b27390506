"""However many follow the record, they ask nothing while nothing happens, and miss nothing when it does."""

import asyncio
import contextlib

import asyncpg
import pytest

from ledger import wakeups
from ledger.postgres import PostgresLedger
from ledger.wakeups import Wakeups

FOLLOWERS = 60


@pytest.fixture
async def reads(ledger, monkeypatch):
    """How often the record was read."""
    asked, read = [], ledger.read

    async def counted(*arguments, **options):
        asked.append(arguments)
        return await read(*arguments, **options)

    monkeypatch.setattr(ledger, "read", counted)
    return asked


async def test_followers_ask_nothing_while_nothing_happens(ledger, an_act, reads, monkeypatch, until):
    looks = []
    monkeypatch.setattr(wakeups, "LOOK_EVERY", 0.05)
    query = wakeups.sql_files.query
    monkeypatch.setattr(wakeups.sql_files, "query", lambda name: looks.append(name) or query(name))
    following = [asyncio.create_task(anext(ledger.follow(poll_seconds=0.01))) for _ in range(FOLLOWERS)]
    async with asyncio.timeout(60):
        before = -1
        while not FOLLOWERS <= len(reads) == before:
            before, seen = len(reads), looks.count("look")
            await until(lambda seen=seen: looks.count("look") >= seen + 10)

    await ledger.append(an_act("s", 0))
    batches = await asyncio.gather(*following)
    assert [[event.index for event in batch] for batch in batches] == [[1]] * FOLLOWERS


async def test_a_notification_that_got_lost_is_made_up_for(app_dsn, ledger, an_act, monkeypatch):
    monkeypatch.setattr(wakeups, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(wakeups, "CHANNEL", "nobody_speaks_here")
    following = asyncio.create_task(anext(ledger.follow(poll_seconds=600)))
    async with PostgresLedger(app_dsn) as other, asyncio.timeout(60):
        await asyncio.sleep(0.2)
        await other.append(an_act("s", 0))
        assert [event.index for event in await following] == [1]


async def test_a_listening_connection_that_was_cut_is_made_again(ledger, an_act, app_dsn):
    opened = []

    async def connect():
        opened.append(await asyncpg.connect(app_dsn))
        return opened[-1]

    bells = Wakeups(connect)
    with bells.bell() as bell:
        async with asyncio.timeout(60):
            await bell.wait(None)
            opened[0].terminate()
            while len(opened) < 2:
                await asyncio.sleep(0.02)
            bell.clear()
            await ledger.append(an_act("s", 0))
            await bell.wait(None)
    with contextlib.suppress(asyncio.CancelledError):
        await bells.stop()


async def test_a_cut_connection_alone_makes_nobody_read_everything_again(app_dsn, ledger, an_act):
    """A record of years takes many seconds to read; a network that blinks must not cost everybody so much."""
    opened = []

    async def connect():
        opened.append(await asyncpg.connect(app_dsn))
        return opened[-1]

    bells = Wakeups(connect)
    async with asyncio.timeout(60):
        await bells.listen(30)
        known = bells.erasures
        opened[0].terminate()
        while len(opened) < 2:
            await asyncio.sleep(0.02)
        with bells.bell() as bell:
            await ledger.append(an_act("s", 0))
            await bell.wait(None)
    assert bells.erasures == known
    await _stopped(bells)


async def test_an_erasure_of_which_no_word_came_is_noticed(app_dsn, ledger, an_act):
    bells = Wakeups(lambda: asyncpg.connect(app_dsn))
    async with asyncio.timeout(60):
        await bells.listen(30)
        known = bells.erasures
        await ledger.append(an_act("privacy/erasures", 0))
        while bells.erasures == known:
            await asyncio.sleep(0.02)
    assert bells.erasures == known + 1
    await _stopped(bells)


async def test_one_listens_no_longer_than_told_for_a_database_that_is_away():
    async def refused():
        raise OSError("away")

    bells = Wakeups(refused)
    async with asyncio.timeout(60):
        await bells.listen(0.1)
    assert bells.erasures == 0
    await _stopped(bells)


async def _stopped(bells):
    with contextlib.suppress(asyncio.CancelledError):
        await bells.stop()
