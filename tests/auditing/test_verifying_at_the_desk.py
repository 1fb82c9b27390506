"""The whole record is verified from the desk, and meanwhile the desk answers as ever."""

import asyncio
import resource
import sys
import time
from pathlib import Path

import asyncpg
import httpx2
import pytest

from desk.app import create_app
from desk.sessions import MemorySessions, Session
from forthwith.desk_ports import desk_ports
from forthwith.settings import Settings, state_folder
from forthwith.world import open_world

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'forthwith.receipts'::regclass"
COOKIE = "c" * 43


@pytest.fixture(scope="module")
async def half_a_year():
    """One notice, as the benchmark of the desk has many."""
    sys.path.append(str(BENCHMARKS))
    try:
        from asking.office import an_office
    finally:
        sys.path.remove(str(BENCHMARKS))
    return await an_office(1)


@pytest.fixture
async def office(half_a_year, postgres_dsn):
    """The same on a real database."""
    await half_a_year.settle_in(postgres_dsn)
    return half_a_year


@pytest.fixture
async def world(office, app_dsn):
    async with open_world(app_dsn) as opened:
        yield opened


@pytest.fixture
async def ports(world, passable_folder):
    settings = Settings(home=passable_folder / "state")
    state_folder(settings).prepare()
    return desk_ports(settings, world, lambda: None, None)


@pytest.fixture
async def auditor(ports):
    """Somebody who has signed in and has tasks of their own."""
    sessions = MemorySessions()
    await sessions.begin(COOKIE, Session("imogen-hartley"))
    transport = httpx2.ASGITransport(create_app(ports, sessions=sessions))
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://localhost", cookies={"session": COOKIE}
    ) as client:
        yield client


async def test_an_inbox_that_is_asked_for_meanwhile_is_answered(ports, auditor, postgres_dsn, office):
    owner = await asyncpg.connect(postgres_dsn)
    try:
        holding = owner.transaction()
        await holding.start()
        await owner.execute("LOCK TABLE forthwith.receipts IN ACCESS EXCLUSIVE MODE")
        verifying = asyncio.create_task(ports.audit.verify())
        while not await owner.fetchval(WAITING):
            assert not verifying.done()
            await asyncio.sleep(0.02)
        page = await auditor.get("/tasks")
        assert page.status_code == 200
        assert "Critically overdue" in page.text
        assert not verifying.done()
        await holding.rollback()
        found = await verifying
    finally:
        await owner.close()
    assert found.size == office.events


async def test_another_process_does_the_work_and_tells_what_it_finds(ports, office):
    """The office was written without the receipts of its acts: that is a finding."""
    ours, children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    found = await ports.audit.verify()
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - children
    assert theirs > time.process_time() - ours
    assert (found.sound, found.size, len(found.root)) == (False, office.events, 64)
    assert found.findings
    assert all(sentence.endswith(".") for sentence in found.findings), found.findings
    assert ports.audit.last == found
