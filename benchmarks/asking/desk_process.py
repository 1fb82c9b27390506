"""The desk, started in a process of its own and stopped again."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from forthwith.embedded.ports import choose_port, give_back

_SERVING, _ROOT = Path(__file__).parent / "serving.py", Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """`start_seconds`: until the whole record had been read."""

    address: str
    pid: int
    start_seconds: float

    def memory_mib(self) -> float:
        """What it holds in memory now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)

    def processor_seconds(self) -> float:
        """What it has used of the processor so far."""
        ticks = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def a_desk(application_dsn: str) -> AsyncIterator[RunningDesk]:
    port, began = choose_port(), perf_counter()
    with TemporaryDirectory(prefix="forthwith-desk-") as folder:
        # Where the servers' account may not pass, their data would be put elsewhere, and stay there.
        Path(folder).chmod(0o711)
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "FORTHWITH_HOME": str(Path(folder, "state"))}
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(_SERVING), application_dsn, str(port),
            env=environment, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            if (await process.stdout.readline()).strip() != b"ready":
                raise SystemExit("The desk did not start.")
            yield RunningDesk(f"http://127.0.0.1:{port}", process.pid, round(perf_counter() - began, 1))
        finally:
            process.stdin.close()
            await process.wait()
            give_back(port)
