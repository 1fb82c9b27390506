"""Starting and stopping child processes that never outlive their supervisor.

Each child leads its own session, so an interrupt typed at the terminal reaches the supervisor alone
and the order of stopping stays ours. On Linux the kernel signals a child whose parent has died. The
parent is the *thread* that started the child: start children from the thread that lives longest.
Elsewhere a watching parent process looks twice a second (see launch.py); if both it and the supervisor
are killed at once, the child stays, and the next start ends it by the note in running.json.
"""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forthwith.embedded.account import Account

LAUNCHER = Path(__file__).with_name("launch.py")
HOW = "kernel" if sys.platform == "linux" else "watch"


@dataclass(frozen=True)
class Program:
    """What to run. `patience` is how many seconds a stop may take before the child is killed."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    patience: float = 5.0
    how: str = HOW
    # Servers stand at the root, so that they keep no folder busy and need to enter none.
    folder: Path = Path("/")


class Child:
    """One running program."""

    def __init__(self, program: Program, process: Process, log_start: int) -> None:
        self.program = program
        self.log_start = log_start
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.returncode is not None

    async def wait(self) -> int:
        """Wait until the program ends; its exit code (negative: the signal that ended it)."""
        return await self._process.wait()

    async def stop(self) -> None:
        """Ask the program to end, insist when its patience is over, and leave nobody of its group."""
        if not self.ended:
            self._send(self.program.stop_signal)
            try:
                async with asyncio.timeout(self.program.patience):
                    await self._process.wait()
            except TimeoutError:
                self._send(signal.SIGKILL)
                await self._process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)


async def start_child(program: Program) -> Child:
    """Start the program, with its output appended to its log."""
    account = program.account
    user, group = (account.uid, account.gid) if account else (-1, -1)
    plan = (os.getpid(), int(program.death_signal), user, group, program.how)
    descriptor = os.open(program.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(LAUNCHER), *map(str, plan), *program.command),
            stdin=DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env=dict(program.environment),
            cwd=program.folder,
            start_new_session=True,
        )
        return Child(program, process, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)
