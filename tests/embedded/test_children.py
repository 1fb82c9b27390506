"""Child processes end with their supervisor: by the kernel on Linux, by a watching parent elsewhere."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from forthwith.embedded.children import LAUNCHER, Program, start_child

PRINT_OWN_NUMBER_AND_SLEEP = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"

START_CHILD_AND_SLEEP = """
import asyncio, os, sys
from pathlib import Path
from forthwith.embedded.children import Program, start_child
how, log, code = sys.argv[1:]
async def main():
    await start_child(Program("child", [sys.executable, "-c", code], Path(log), dict(os.environ), how=how))
    await asyncio.sleep(600)
asyncio.run(main())
"""

KERNEL = pytest.param("kernel", marks=pytest.mark.skipif(sys.platform != "linux", reason="a wish to Linux"))
WAYS = [KERNEL, "watch"]


def sleeper(tmp_path, how, **changes):
    command = [sys.executable, "-c", PRINT_OWN_NUMBER_AND_SLEEP]
    return Program("sleeper", command, tmp_path / "log", dict(os.environ), how=how, **changes)


def number_in(log):
    return int(log.read_text()) if log.exists() and log.read_text().endswith("\n") else None


@pytest.mark.parametrize("how", WAYS)
async def test_a_child_ends_when_its_parent_is_killed(tmp_path, how, until):
    log = tmp_path / "log"
    arguments = [START_CHILD_AND_SLEEP, how, str(log), PRINT_OWN_NUMBER_AND_SLEEP]
    parent = subprocess.Popen([sys.executable, "-c", *arguments])
    await until(lambda: number_in(log) is not None)
    child = psutil.Process(number_in(log))
    parent.kill()
    parent.wait()
    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize("how", WAYS)
async def test_a_child_is_stopped_and_its_end_is_seen(tmp_path, how, until):
    child = await start_child(sleeper(tmp_path, how))
    await until(lambda: number_in(tmp_path / "log") is not None)
    await child.stop()
    assert child.ended
    assert not psutil.pid_exists(number_in(tmp_path / "log"))


async def test_a_child_that_does_not_listen_is_killed_when_patience_is_over(tmp_path, until):
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PRINT_OWN_NUMBER_AND_SLEEP
    program = Program("deaf", [sys.executable, "-c", deaf], tmp_path / "log", dict(os.environ), patience=0.2)
    child = await start_child(program)
    await until(lambda: number_in(tmp_path / "log") is not None)
    await child.stop()
    assert await child.wait() == -signal.SIGKILL


async def test_grandchildren_of_the_same_group_do_not_stay_behind(tmp_path, until):
    parent = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {PRINT_OWN_NUMBER_AND_SLEEP!r}])"
    )
    program = Program("parent", [sys.executable, "-c", parent], tmp_path / "log", dict(os.environ))
    child = await start_child(program)
    await child.wait()
    await until(lambda: number_in(tmp_path / "log") is not None)
    grandchild = psutil.Process(number_in(tmp_path / "log"))
    await child.stop()
    await until(lambda: not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(sys.platform != "linux", reason="the race exists only with the kernel's way")
def test_a_launcher_whose_parent_died_first_starts_nothing():
    plan = [str(part) for part in (1 if os.getpid() != 1 else 2, int(signal.SIGKILL), -1, -1)]
    command = [
        sys.executable,
        "-I",
        "-S",
        str(LAUNCHER),
        *plan,
        "kernel",
        sys.executable,
        "-c",
        "print('ran')",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert answer.stdout == ""
    assert "died before this server started" in answer.stderr
