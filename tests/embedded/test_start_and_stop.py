"""Starting, stopping, and starting again."""

import asyncio
import os
import signal
import stat
from pathlib import Path

import asyncpg
import psutil
import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

from forthwith.embedded.http import answers_ok
from forthwith.embedded.stopping import stop_running

HIGHEST_FIXED_PORT = 32_767

pytestmark = pytest.mark.slow


async def test_every_part_answers_once_the_note_is_written(forthwith_running):
    connection = await asyncpg.connect(forthwith_running.database_url)
    assert await connection.fetchval("SELECT current_database()") == "forthwith"
    await connection.close()
    client = await Client.connect(forthwith_running.temporal_address)
    assert await client.service_client.check_health()
    assert await answers_ok(f"{forthwith_running.desk_url}/readyz")


async def test_stopping_leaves_no_process_and_no_note(state, forthwith_running, processes_on):
    assert len(processes_on(state)) >= len(forthwith_running.children)
    assert await stop_running(state)
    assert processes_on(state) == []
    assert state.running() is None
    assert not (state.run / "running.json").exists()
    assert not await stop_running(state)


async def test_the_engine_is_asked_to_end_before_anything_is_killed(state, forthwith_running):
    await stop_running(state)
    assert (state.path / "engine-ended-by").read_text() == "SIGTERM"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
async def test_an_interrupt_or_a_closing_terminal_stops_everything(
    state, forthwith_running, processes_on, until, number
):
    os.kill(forthwith_running.supervisor_pid, number)
    await until(lambda: processes_on(state) == [])
    assert not (state.run / "running.json").exists()


async def test_stopping_in_the_middle_of_a_start_leaves_nothing(state, start_forthwith, processes_on, until):
    starting = asyncio.create_task(start_forthwith())
    await until((state.servers / "temporal.db").exists)
    assert await stop_running(state)
    assert processes_on(state) == []
    with pytest.raises(AssertionError, match="the supervisor ended with 0"):
        await starting


async def test_the_second_start_finds_the_data_of_the_first(state, start_forthwith):
    first = await start_forthwith()
    connection = await asyncpg.connect(first.database_url)
    await connection.execute("CREATE TABLE kept AS SELECT 'a report' AS what")
    identity = await connection.fetchval("SELECT system_identifier FROM pg_control_system()")
    await connection.close()
    client = await Client.connect(first.temporal_address)
    await client.start_workflow("kept", id="kept", task_queue="nobody-works-here")
    await stop_running(state)

    second = await start_forthwith()
    connection = await asyncpg.connect(second.database_url)
    assert await connection.fetchval("SELECT what FROM kept") == "a report"
    assert await connection.fetchval("SELECT system_identifier FROM pg_control_system()") == identity
    await connection.close()
    client = await Client.connect(second.temporal_address)
    assert (await client.get_workflow_handle("kept").describe()).workflow_type == "kept"


async def test_all_servers_listen_on_loopback_and_ours_below_the_range_for_outgoing_calls(forthwith_running):
    listening = {
        name: [c.laddr for c in psutil.Process(pid).net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        for name, pid in forthwith_running.children.items()
    }
    assert all(listening.values())
    assert {address.ip for addresses in listening.values() for address in addresses} == {"127.0.0.1"}
    addresses = [
        forthwith_running.database_url.partition("@")[2].partition("/")[0],
        forthwith_running.temporal_address,
        forthwith_running.desk_url,
    ]
    assert all(int(address.rpartition(":")[2]) <= HIGHEST_FIXED_PORT for address in addresses)


async def test_passwords_notes_and_logs_are_readable_by_their_owner_alone(state, forthwith_running):
    files = [
        file
        for folder in (state.secrets, state.run, state.logs)
        for file in folder.iterdir()
        if file.is_file()
    ]
    assert {"database-owner", "database-superuser", "running.json"} <= {file.name for file in files}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(state.servers.stat().st_mode) == 0o700


async def test_no_password_stands_on_a_command_line_or_in_the_representation(state, forthwith_running):
    passwords = [state.secret("database-owner"), state.secret("database-superuser")]
    spoken = [" ".join(psutil.Process(pid).cmdline()) for pid in forthwith_running.children.values()]
    spoken.append(repr(forthwith_running))
    assert not [text for text in spoken for password in passwords if password in text]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has privileges to give up")
async def test_started_by_root_the_servers_run_unprivileged(forthwith_running):
    for name in ("postgresql", "temporal"):
        server = psutil.Process(forthwith_running.children[name])
        assert 0 not in server.uids()
        assert 0 not in server.gids()
        assert "CapEff:\t0000000000000000" in Path(f"/proc/{server.pid}/status").read_text()


async def test_the_database_is_durable_checksummed_and_wants_the_password(forthwith_running):
    connection = await asyncpg.connect(forthwith_running.database_url)
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert await connection.fetchval(f"SHOW {setting}") == "on"
    assert not await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    await connection.close()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(forthwith_running.database_url, password="a guess")


async def test_search_attributes_are_registered(forthwith_running):
    client = await Client.connect(forthwith_running.temporal_address)
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace="default")
    )
    assert answer.custom_attributes["Notice"] == IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
    assert answer.custom_attributes["NextActionAt"] == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
