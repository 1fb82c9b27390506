"""States of the world: an empty state folder, and a Forthwith that runs on it in a process of its own."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import psutil
import pytest

from forthwith.embedded.processes import ProcessMark
from forthwith.embedded.running import Running
from forthwith.embedded.state import StateFolder
from forthwith.embedded.stopping import stop_running

LONGEST_WAIT = 60.0

Until = Callable[[Callable[[], bool]], Awaitable[None]]
ProcessesOn = Callable[[StateFolder], list[psutil.Process]]
StartForthwith = Callable[[], Awaitable[Running]]


@pytest.fixture
def state(passable_folder: Path) -> StateFolder:
    """An empty state folder."""
    return StateFolder(passable_folder / "state")


@pytest.fixture
def until() -> Until:
    async def wait(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LONGEST_WAIT):
            while not condition():
                await asyncio.sleep(0.05)

    return wait


@pytest.fixture
def processes_on() -> ProcessesOn:
    """Every living process whose command or working folder names the state folder."""

    def find(state: StateFolder) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if _names(process, str(state.path))]

    return find


@pytest.fixture
async def start_forthwith(state: StateFolder, until: Until) -> AsyncIterator[StartForthwith]:
    """Start a supervisor in its own process and wait until it is ready; stopped when the test ends."""
    started: list[subprocess.Popen[bytes]] = []

    async def start() -> Running:
        command = [sys.executable, str(Path(__file__).with_name("run_supervisor.py")), str(state.path)]
        supervisor = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        started.append(supervisor)
        # The note of one that was killed a moment ago is believed for as long as that one takes to die.
        await until(lambda: _runs(state, supervisor.pid) or supervisor.poll() is not None)
        running = state.running()
        assert running is not None, f"the supervisor ended with {supervisor.returncode}"
        return running

    yield start
    try:
        await stop_running(state)
    finally:
        for supervisor in started:
            supervisor.kill()
            supervisor.wait()


@pytest.fixture
async def forthwith_running(start_forthwith: StartForthwith) -> Running:
    return await start_forthwith()


@pytest.fixture
def kill() -> Callable[[int], ProcessMark]:
    """kill -9, and the mark of the one that was killed."""

    def kill_now(pid: int) -> ProcessMark:
        mark = ProcessMark.of(pid)
        assert mark is not None
        os.kill(pid, signal.SIGKILL)
        return mark

    return kill_now


def _runs(state: StateFolder, supervisor: int) -> bool:
    running = state.running()
    return running is not None and running.supervisor_pid == supervisor


def _names(process: psutil.Process, folder: str) -> bool:
    with contextlib.suppress(psutil.Error):
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return folder in " ".join(process.cmdline()) or process.cwd().startswith(folder)
    return False


@pytest.fixture
def pause() -> Iterator[Callable[[int], None]]:
    """Stop a process where it stands, as an overloaded machine would; all go on when the test ends."""
    paused: list[int] = []

    def pause_now(pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)
        paused.append(pid)

    yield pause_now
    for pid in paused:
        os.kill(pid, signal.SIGCONT)
