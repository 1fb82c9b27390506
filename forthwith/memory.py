"""How much memory processes use, shared pages divided among those that share them (Linux)."""

from collections.abc import Iterable
from pathlib import Path


def resident_bytes(pids: Iterable[int]) -> int:
    """The proportional set size of these processes and all their descendants, in bytes; 0 where it cannot be read."""
    return sum(_proportional(pid) for pid in _with_descendants(set(pids)))


def _with_descendants(pids: set[int]) -> set[int]:
    parents = {int(each.name): _parent(each) for each in Path("/proc").glob("[0-9]*")}
    while more := {pid for pid, parent in parents.items() if parent in pids} - pids:
        pids |= more
    return pids


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
