"""The state folder: who holds it, what it says runs, and whom it does not believe."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forthwith.embedded.errors import AlreadyRunning, EmbeddedError
from forthwith.embedded.processes import ProcessMark
from forthwith.embedded.running import Running
from forthwith.embedded.state import StateFolder, default_home
from forthwith.embedded.stopping import end_leftovers

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def running() -> Running:
    """A note that names the test's own process as the supervisor."""
    return Running(
        supervisor_pid=os.getpid(),
        database_url="postgresql://owner:secret@127.0.0.1:20000/forthwith",
        temporal_address="127.0.0.1:20001",
        desk_url="http://127.0.0.1:20002",
        started_at=datetime(2016, 10, 20, 9, tzinfo=UTC),
        children={},
    )


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def sleeper():
    process = subprocess.Popen(SLEEP)
    yield process
    process.kill()
    process.wait()


def test_a_note_is_read_back_as_it_was_written(state, running):
    state.prepare()
    state.write_running(running)
    assert state.running() == running


def test_a_note_of_a_supervisor_that_has_gone_is_not_believed_and_is_taken_away(state, running, gone):
    state.prepare()
    state.write_running(replace(running, supervisor_pid=gone))
    assert state.running() is None
    assert not (state.run / "running.json").exists()


def test_another_process_with_the_same_number_is_not_taken_for_the_supervisor(state, running):
    state.prepare()
    state.write_running(running)
    file = state.run / "running.json"
    note = json.loads(file.read_text())
    note["supervisor"]["began"] = "an earlier day"
    file.write_text(json.dumps(note))
    assert state.running() is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"supervisor": 7}', "{\x00"])
def test_a_note_that_cannot_be_read_names_nobody(state, text):
    state.prepare()
    (state.run / "running.json").write_text(text)
    assert state.running() is None
    assert state.leftovers() == {}


async def test_a_child_that_outlived_its_supervisor_is_named_and_ended(state, running, gone, sleeper):
    state.prepare()
    state.write_running(replace(running, supervisor_pid=gone, children={"temporal": sleeper.pid}))
    assert state.running() is None
    assert state.leftovers() == {"temporal": ProcessMark.of(sleeper.pid)}
    await end_leftovers(state)
    assert ProcessMark.of(sleeper.pid) is None
    assert not (state.run / "running.json").exists()


def test_one_folder_is_held_by_one_supervisor_only(state):
    state.prepare()
    with state.held():
        assert state.named_processes() == {"supervisor": ProcessMark.of(os.getpid())}
        with pytest.raises(AlreadyRunning, match="already runs"), state.held():
            pass
    assert state.named_processes() == {}
    with state.held():
        pass


def test_a_folder_is_erased_with_all_that_was_kept_but_never_while_somebody_holds_it(state):
    state.prepare()
    state.secret("application")
    kept = state.servers
    with state.held(), pytest.raises(AlreadyRunning, match="forthwith down"):
        state.erase()
    assert (state.secrets / "application").exists()
    state.erase()
    assert not state.path.exists()
    assert not kept.exists()


def test_a_password_is_made_once_and_differs_by_name(state):
    state.prepare()
    first = state.secret("database-owner")
    assert StateFolder(state.path).secret("database-owner") == first != state.secret("database-superuser")


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EmbeddedError, match=r"cannot be written.*Choose another folder with FORTHWITH_HOME"):
        StateFolder(tmp_path / "file" / "state").prepare()


def test_a_large_log_is_put_aside(state):
    state.prepare()
    log = state.log("engine")
    log.write_bytes(b"x" * (10 * 1024 * 1024 + 1))
    assert state.log("engine") == log
    assert not log.exists()
    assert log.with_suffix(".log.1").exists()


def test_the_home_comes_from_the_environment_or_lies_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("FORTHWITH_HOME", str(tmp_path / "chosen"))
    assert default_home() == tmp_path / "chosen"
    monkeypatch.delenv("FORTHWITH_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_home() == tmp_path / ".forthwith"
