"""Faults in starting, told in sentences."""

import os
import socket
import sys

import pytest

from forthwith.embedded.errors import AlreadyRunning, EmbeddedError, PortTaken, StartFailed
from forthwith.embedded.ports import HIGHEST, LOWEST, choose_port, give_back, is_free
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.supervisor import Supervisor, Wishes
from forthwith.embedded.temporal import EmbeddedTemporal


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_ports_are_chosen_free_low_and_each_once():
    ports = {choose_port() for _ in range(50)}
    assert len(ports) == 50
    assert min(ports) >= LOWEST
    assert max(ports) <= HIGHEST
    give_back(*ports)


def test_a_preferred_port_that_is_taken_is_passed_over(taken_port):
    assert not is_free(taken_port)
    port = choose_port(taken_port)
    assert port != taken_port
    give_back(port)


async def test_temporal_says_which_port_is_taken(state, taken_port):
    with pytest.raises(PortTaken, match=f"Port {taken_port} .*Temporal, is taken by another program"):
        await EmbeddedTemporal(state, taken_port).start()


@pytest.mark.slow
async def test_postgresql_says_which_port_is_taken(state, taken_port):
    with pytest.raises(PortTaken, match=f"Port {taken_port} .*PostgreSQL, is taken by another program"):
        await EmbeddedPostgres(state, taken_port).start()


@pytest.mark.slow
async def test_data_of_another_postgresql_is_refused_and_left_alone(state):
    postgres = EmbeddedPostgres(state)
    await postgres.start()
    await postgres.stop()
    (state.pgdata / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match="written by PostgreSQL 15, but version 18 is installed"):
        await postgres.start()
    assert (state.pgdata / "base").exists()


@pytest.mark.slow
async def test_a_password_that_does_not_fit_the_data_is_told(state, processes_on):
    postgres = EmbeddedPostgres(state)
    await postgres.start()
    await postgres.stop()
    (state.secrets / "database-superuser").write_text("another")
    with pytest.raises(EmbeddedError, match=r"does not accept the password.*from the same backup"):
        await postgres.start()
    assert processes_on(state) == []


@pytest.mark.slow
async def test_an_engine_that_ends_at_once_is_told_with_its_last_words(state, processes_on):
    engine = [sys.executable, "-c", "raise SystemExit('The notice file is missing.')"]
    with pytest.raises(StartFailed, match=r"The engine did not start(.|\n)*The notice file is missing"):
        await Supervisor(state, engine).start()
    assert processes_on(state) == []


@pytest.mark.slow
async def test_a_failing_migration_stops_the_start_and_leaves_nothing(state, processes_on):
    async def migrate(_dsn: str) -> None:
        raise EmbeddedError("The schema has drifted.")

    with pytest.raises(EmbeddedError, match="The schema has drifted"):
        await Supervisor(state, None, after_postgres=migrate).start()
    assert processes_on(state) == []


@pytest.mark.slow
async def test_a_second_supervisor_on_the_same_folder_is_refused(state):
    first = Supervisor(state, None, wishes=Wishes(temporal_ui=True))
    running = await first.start()
    with pytest.raises(AlreadyRunning):
        await Supervisor(state, None).start()
    assert state.running() == running
    assert running.supervisor_pid == os.getpid()
    assert running.temporal_ui_url is not None
    await first.stop()


@pytest.mark.slow
async def test_databases_with_odd_names_are_created_and_dropped(state):
    postgres = EmbeddedPostgres(state)
    await postgres.start()
    try:
        assert "%22" in await postgres.create_database('a "quoted" name')
        await postgres.drop_database('a "quoted" name')
        await postgres.create_database('a "quoted" name')
    finally:
        await postgres.stop()
