"""One embedded PostgreSQL for a benchmark, in a folder that is thrown away."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from contest.slow_disk import slow_disk
from forthwith.embedded.postgres import SETTINGS, EmbeddedPostgres
from forthwith.embedded.state import StateFolder
from ledger.migrations import migrate
from ledger.privileges import provision

PASSWORD = "benchmark"


class BenchmarkPostgres(EmbeddedPostgres):
    """The embedded server as it ships, fsync on, with room for every contender; its disk may be slowed."""

    settings: ClassVar = {
        **SETTINGS,
        "max_connections": "200",
        "shared_buffers": "512MB",
        "max_wal_size": "4GB",
        "wal_compression": "off",
    }

    def __init__(self, state: StateFolder, slower: dict[str, str]) -> None:
        super().__init__(state)
        self._slower = slower

    def _environment(self) -> dict[str, str]:
        return {**super()._environment(), **self._slower}

    async def ledger(self, name: str) -> str:
        """A new database with our schema; the application's way into it."""
        owner = await self.create_database(name)
        await migrate(owner)
        return await provision(owner, PASSWORD)

    def owner_of(self, name: str) -> str:
        """The owner's way into one of our databases."""
        return self.dsn.replace("/forthwith?", f"/{name}?")


@asynccontextmanager
async def folder_for_servers() -> AsyncIterator[Path]:
    """A folder that the servers' account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-benchmark-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def postgres_in(folder: Path, slow_milliseconds: float = 0) -> AsyncIterator[BenchmarkPostgres]:
    """The server, running."""
    server = BenchmarkPostgres(StateFolder(folder / "state"), slow_disk(folder, slow_milliseconds))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
