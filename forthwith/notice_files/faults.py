"""What is wrong with a file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]

MOST_TOLD = 100
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` counts from 1; `path` is like ``obligations[2].due.n``, or empty for the file."""

    file: str
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return f"{where}{self.path}: {self.sentence}" if self.path else f"{where}{self.sentence}"


class FileFaults(ValueError):
    """A file that cannot be used, with every fault that was found, in the order of the lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(
            sorted(set(faults), key=lambda fault: (fault.line, fault.path))
        )
        told = [str(fault) for fault in self.faults[:MOST_TOLD]]
        untold = len(self.faults) - len(told)
        super().__init__("\n".join([*told, f"… and {untold} more."] if untold else told))


class NoticeFileFaults(FileFaults):
    """A notice file that cannot be used."""


def write_path(path: Path) -> str:
    """``("obligations", 2, "due")`` as ``obligations[2].due``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{shortened(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def shortened(text: str) -> str:
    """The text on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"{line[:LONGEST_SHOWN]}…" if len(line) > LONGEST_SHOWN else line
