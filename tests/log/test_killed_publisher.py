"""What kill -9 of the publisher may do to what it signs: nothing."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from ledger.log.checkpoint import checkpoint_in, read_checkpoint
from ledger.log.merkle import verify_consistency
from ledger.log.notes import parse
from ledger.log.tiles import TileTree
from tests.log.conftest import ORIGIN, an_act

pytestmark = pytest.mark.slow
KILLS = 25
SCRIPT = Path(__file__).with_name("publish_without_pause.py")


async def test_twenty_five_kills_leave_no_two_histories(office):
    """Control: with the state written after `folder.publish` in `Publisher`, or not at all, some restart signs anew."""
    seen: list[tuple[int, bytes]] = []
    finished = asyncio.Event()
    sizes = random.Random(4)

    def look(data: bytes | None) -> None:
        if data is not None:
            checkpoint = checkpoint_in(parse(data))
            if not seen or seen[-1] != (checkpoint.size, checkpoint.root):
                seen.append((checkpoint.size, checkpoint.root))

    async def record() -> None:
        number = 0
        while not finished.is_set():
            await office.ledger.append(an_act(sizes.randint(1, 40), f"notice/{number}"))
            number += 1
            await asyncio.sleep(0.002)

    async def watch() -> None:
        while not finished.is_set():
            look(office.folder.checkpoint())
            await asyncio.sleep(0.001)

    async with asyncio.TaskGroup() as parts:
        parts.create_task(record())
        parts.create_task(watch())
        notes = await kill_again_and_again(office, seen, sizes)
        finished.set()
    await office.publish()
    look(office.folder.checkpoint())
    refuse_two_histories(office, seen)
    assert notes >= KILLS
    assert len({size for size, _ in seen}) > KILLS


async def kill_again_and_again(office, seen, chance) -> int:
    """Let each publish a few times, and kill it somewhere within the next; returns how many notes they told."""
    publishers = await asyncio.create_subprocess_exec(
        sys.executable, str(SCRIPT), office.publisher_dsn, str(office.home), ORIGIN,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told = 0
    for _ in range(KILLS):
        publishers.stdin.write(b"another\n")
        word, pid = (await publishers.stdout.readline()).split()
        assert word == b"pid"
        left, ended = chance.randint(1, 5), False
        while not ended:
            word, second = (await publishers.stdout.readline()).split()
            if word == b"ended":
                if (second, left) != (b"-9", 0):
                    publishers.stdin.close()
                    pytest.fail(f"A publisher ended by itself: {(await publishers.stderr.read()).decode()}")
                ended = True
                continue
            seen.append((int(word), bytes.fromhex(second.decode())))
            told, left = told + 1, left - (left > 0)
            if left == 0:
                await asyncio.sleep(chance.random() * 0.01)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
    publishers.stdin.close()
    await publishers.wait()
    return told


def refuse_two_histories(office, seen) -> None:
    newest = read_checkpoint(office.folder.checkpoint(), office.keyring.public())
    tree = TileTree(office.folder.read, newest.size)
    roots = dict(seen)
    assert set(seen) == set(roots.items()), "two roots were told for one size"
    for size, root in sorted(roots.items()):
        verify_consistency(size, root, newest.size, newest.root, tree.consistency(size))
