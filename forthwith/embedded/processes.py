"""Telling one process from a later one that was given the same number."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ZOMBIE = "Z"


@dataclass(frozen=True)
class ProcessMark:
    """A process number together with the moment that process began, as the system tells it."""

    pid: int
    began: str

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """The mark of the process that has `pid` now, or None when there is none."""
        began = _began(pid)
        return None if began is None else cls(pid, began)

    def alive(self) -> bool:
        """Whether exactly this process still runs (a dead one that nobody has collected does not)."""
        return _began(self.pid) == self.began

    def send(self, number: int) -> None:
        """Send a signal to this process; silently nothing when it has gone."""
        if self.alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return


def _began(pid: int) -> str | None:
    return _began_on_linux(pid) if sys.platform == "linux" else _began_elsewhere(pid)


def _began_on_linux(pid: int) -> str | None:
    try:
        # The program's name may itself hold spaces and brackets: fields count from the last bracket.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    if fields[0] == ZOMBIE:
        return None
    # Ticks since boot do not move when the wall clock is set; the boot's own id tells reboots apart.
    return f"{_boot()}/{fields[19]}"


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()


def _began_elsewhere(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    state, _, began = answer.stdout.strip().partition(" ")
    return None if not began or state.startswith(ZOMBIE) else began.strip()
