"""What the desk's audit page can ask for: the record verified, and the record as a bag."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from desk.auditing import BagOut, Verified
from forthwith.settings import Settings
from forthwith.world import World
from ledger.verify.verify import verify as examine

MOST_FINDINGS = 20


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
        """Every event hashed again and cross-checked; whoever asks meanwhile waits for their own look."""
        async with self._one_at_a_time:
            verdict = await examine(self._world.ledger)
            self._last = Verified(
                at=datetime.now(UTC),
                sound=verdict.sound,
                size=verdict.size,
                root=verdict.root,
                findings=tuple(each.sentence for each in verdict.findings[:MOST_FINDINGS]),
                remarks=(*verdict.incomplete, *verdict.notes),
            )
            return self._last

    async def bag(self) -> BagOut:
        """Up to the newest published checkpoint. Raises NoBagYet."""
        # Imported when one is asked for: making a bag needs much that the desk does not.
        from forthwith.bag_of_record import bag_of_record

        size, parts = await bag_of_record(self._world, self._settings)
        return BagOut(f"forthwith-{size}.zip", size, _in_one_thread(parts))


async def _in_one_thread(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Made beside the desk, which answers others meanwhile; in one thread, because a database in it belongs to one."""
    loop, worker = asyncio.get_running_loop(), ThreadPoolExecutor(1, "bag")
    try:
        while part := await loop.run_in_executor(worker, next, parts, b""):
            yield part
    finally:
        worker.shutdown(wait=False, cancel_futures=True)
