"""What the desk's audit page can ask for: the record verified, and the record as a bag."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from desk.auditing import BagOut, Verified
from domain.record import LedgerUnreachable
from forthwith.exits import Exit
from forthwith.settings import Settings
from forthwith.world import World

_VERIFYING = ("-m", "forthwith.verify_process")


class DeskAudit:
    """Over one world."""

    def __init__(self, settings: Settings, world: World) -> None:
        self._settings, self._world = settings, world
        self._one_at_a_time = asyncio.Lock()
        self._last: Verified | None = None

    @property
    def last(self) -> Verified | None:
        return self._last

    async def verify(self) -> Verified:
        """Every event hashed again and cross-checked, in another process; whoever asks meanwhile waits for their own look."""
        async with self._one_at_a_time:
            found = await _looked_at(self._world.ledger.database.dsn)
            self._last = Verified(
                at=datetime.now(UTC),
                sound=found["sound"],
                size=found["size"],
                root=found["root"],
                findings=tuple(found["findings"]),
                remarks=tuple(found["remarks"]),
            )
            return self._last

    async def bag(self) -> BagOut:
        """Up to the newest published checkpoint. Raises NoBagYet."""
        # Imported when one is asked for: making a bag needs much that the desk does not.
        from forthwith.bag_of_record import bag_of_record

        size, parts = await bag_of_record(self._world, self._settings)
        return BagOut(f"forthwith-{size}.zip", size, _in_one_thread(parts))


async def _looked_at(application_url: str) -> dict[str, Any]:
    """What `forthwith.verify_process` prints; whoever stops waiting for it ends it. Raises LedgerUnreachable."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    environment = {**os.environ, "FORTHWITH_APPLICATION_URL": application_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *_VERIFYING, env=environment, stdin=nothing, stdout=pipe, stderr=pipe
    )
    try:
        said, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == Exit.UNREACHABLE:
        raise LedgerUnreachable(complained.decode(errors="replace"))
    if process.returncode != Exit.OK:
        raise RuntimeError(
            f"The record could not be looked at: {complained.decode(errors='replace')[-2000:]}"
        )
    found: dict[str, Any] = json.loads(said)
    return found


async def _in_one_thread(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Made beside the desk, which answers others meanwhile; in one thread, because a database in it belongs to one."""
    loop, worker = asyncio.get_running_loop(), ThreadPoolExecutor(1, "bag")
    try:
        while part := await loop.run_in_executor(worker, next, parts, b""):
            yield part
    finally:
        worker.shutdown(wait=False, cancel_futures=True)
