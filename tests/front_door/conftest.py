"""The real command, run as its own process, and one demonstration for all tests that look at a running engine."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTICE = "notices/lancashire-2016.yaml"
COMMAND = (sys.executable, "-m", "forthwith")
LONGEST_WAIT = 120.0


@dataclass(frozen=True)
class Said:
    """What a command answered: its exit code, its data and its talk."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Forthwith = Callable[..., Said]


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Ours without any setting of Forthwith, of Temporal or of a terminal."""
    ours = ("FORTHWITH_", "TEMPORAL_", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "FORTHWITH_HOME": str(home),
        **settings,
    }


def run(home: Path, *arguments: str, **settings: str) -> Said:
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(home, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_WAIT,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def forthwith(tmp_path: Path) -> Forthwith:
    """The command where nothing runs."""
    return lambda *arguments, **settings: run(tmp_path / "home", *arguments, **settings)


@dataclass(frozen=True)
class Demonstration:
    """A demonstration that runs, and the command beside it."""

    home: Path
    process: subprocess.Popen[bytes]

    def __call__(self, *arguments: str, **settings: str) -> Said:
        return run(self.home, *arguments, **settings)


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Demonstration]:
    with new_home() as home:
        started = start(home)
        try:
            yield started
        finally:
            run(home, "down")
            started.process.wait(LONGEST_WAIT)


class new_home:  # noqa: N801 - it reads as a word in `with`
    """A folder that the servers' account can enter, which pytest's own folders forbid; gone afterwards."""

    def __enter__(self) -> Path:
        self.folder = Path(tempfile.mkdtemp(prefix="forthwith-door-"))
        self.folder.chmod(0o711)
        return self.folder / "home"

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder)


def start(home: Path, what: str = "demo", *more: str, command: tuple[str, ...] = COMMAND) -> Demonstration:
    """Start it (`demo` or `up`) and wait until it says that it is ready."""
    talk = home.parent / "talk"
    with talk.open("w") as file:
        process = subprocess.Popen(
            [*command, what, *more],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    give_up = time.monotonic() + LONGEST_WAIT
    while "Stop with Ctrl-C" not in talk.read_text("utf-8"):
        if process.poll() is not None or time.monotonic() > give_up:
            process.terminate()
            pytest.fail("The demonstration did not start:\n" + talk.read_text("utf-8"))
        time.sleep(0.1)
    return Demonstration(home, process)
