"""What kill -9 may do: nothing stays behind, nothing is lost."""

import asyncio
import os
import signal

import asyncpg
import pytest
from temporalio.client import Client

from forthwith.embedded.children import Program, start_child
from forthwith.embedded.cluster import forget_strangers_lock
from forthwith.embedded.doctor import examine
from forthwith.embedded.postgres import EmbeddedPostgres

pytestmark = pytest.mark.slow


async def test_a_killed_supervisor_leaves_no_child(state, forthwith_running, kill, processes_on, until):
    kill(forthwith_running.supervisor_pid)
    await until(lambda: processes_on(state) == [])
    assert state.running() is None


async def test_after_a_killed_supervisor_the_next_start_works_and_keeps_the_data(
    state, start_forthwith, kill
):
    first = await start_forthwith()
    connection = await asyncpg.connect(first.database_url)
    await connection.execute("CREATE TABLE kept AS SELECT 'a report' AS what")
    await connection.close()
    kill(first.supervisor_pid)

    second = await start_forthwith()
    connection = await asyncpg.connect(second.database_url)
    assert await connection.fetchval("SELECT what FROM kept") == "a report"
    await connection.close()


async def test_a_killed_postgresql_is_started_again_with_every_committed_row(
    state, forthwith_running, kill, until
):
    connection = await asyncpg.connect(forthwith_running.database_url)
    await connection.execute("CREATE TABLE kept (number integer)")
    for number in range(100):
        await connection.execute("INSERT INTO kept VALUES ($1)", number)
    killed = kill(forthwith_running.children["postgresql"])
    await until(lambda: state.running().children["postgresql"] != killed.pid)
    connection.terminate()

    connection = await asyncpg.connect(forthwith_running.database_url)
    assert await connection.fetchval("SELECT count(*) FROM kept") == 100
    await connection.close()


async def test_a_killed_temporal_is_started_again_with_its_workflows(state, forthwith_running, kill, until):
    client = await Client.connect(forthwith_running.temporal_address)
    for number in range(20):
        await client.start_workflow("kept", id=f"kept-{number}", task_queue="nobody-works-here")
    killed = kill(forthwith_running.children["temporal"])
    await until(lambda: state.running().children["temporal"] != killed.pid)

    client = await Client.connect(forthwith_running.temporal_address)
    for number in range(20):
        assert (await client.get_workflow_handle(f"kept-{number}").describe()).status is not None


async def test_a_killed_engine_is_started_again_on_the_same_address(state, forthwith_running, kill, until):
    killed = kill(forthwith_running.children["engine"])
    await until(lambda: state.running().children["engine"] != killed.pid)
    assert state.running().desk_url == forthwith_running.desk_url


@pytest.mark.parametrize("part", ["postgresql", "temporal", "engine"])
async def test_a_part_that_keeps_dying_is_started_each_time(state, forthwith_running, kill, until, part):
    for _ in range(3):
        killed = kill(state.running().children[part])
        await until(lambda killed=killed: state.running().children[part] != killed.pid)


async def test_all_parts_killed_at_once_come_back(state, forthwith_running, kill, until):
    killed = {kill(pid).pid for pid in forthwith_running.children.values()}
    await until(lambda: not killed & set(state.running().children.values()))
    # The note names a new PostgreSQL as soon as any part is ready again; the doctor asks the parts.
    async with asyncio.timeout(30):
        while {check.ok for check in await examine(state)} != {True}:
            await asyncio.sleep(0.1)


@pytest.fixture
async def neighbour(state):
    """Some other program of the servers' account, as Temporal is after a container has restarted."""
    command = ["/bin/sleep", "600"]
    child = await start_child(Program("neighbour", command, state.path.parent / "log", {}, state.prepare()))
    yield child
    await child.stop()


async def test_a_lock_left_by_a_dead_postgresql_whose_number_a_neighbour_has_now_is_no_obstacle(
    state, neighbour
):
    """Control: without `forget_strangers_lock`, PostgreSQL says that the lock file already exists."""
    postgres = EmbeddedPostgres(state)
    await postgres.start()
    lock = (state.pgdata / "postmaster.pid").read_text().splitlines()
    await postgres.stop()
    (state.pgdata / "postmaster.pid").write_text("\n".join([str(neighbour.pid), *lock[1:]]) + "\n")
    assert await postgres.start()
    await postgres.stop()


async def test_the_lock_of_a_living_postgresql_is_left_alone(state):
    postgres = EmbeddedPostgres(state)
    await postgres.start()
    forget_strangers_lock(state.pgdata)
    assert (state.pgdata / "postmaster.pid").exists()
    os.kill(postgres.pid, signal.SIGINT)
    assert await postgres.ended() == 0
    await postgres.stop()
