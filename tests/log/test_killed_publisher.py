"""What kill -9 of the publisher may do to what it signs: nothing."""

import asyncio
import contextlib
import random
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
        notes = 0
        for _ in range(KILLS):
            notes += await run_and_kill(office, seen, sizes)
        finished.set()
    await office.publish()
    look(office.folder.checkpoint())
    refuse_two_histories(office, seen)
    assert notes >= KILLS
    assert len({size for size, _ in seen}) > KILLS


async def run_and_kill(office, seen, chance) -> int:
    """Let it publish a few times, and kill it somewhere within the next; returns how many notes it told."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SCRIPT), office.publisher_dsn, str(office.home), ORIGIN,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    told = 0
    for _ in range(chance.randint(1, 5)):
        line = await process.stdout.readline()
        assert line, (await process.stderr.read()).decode()
        told += 1
        note(seen, line)
    await asyncio.sleep(chance.random() * 0.01)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    for line in (await process.stdout.read()).splitlines(keepends=True):
        if line.endswith(b"\n"):
            told += 1
            note(seen, line)
    await process.wait()
    assert process.returncode == -9
    return told


def note(seen, line: bytes) -> None:
    size, root = line.split()
    seen.append((int(size), bytes.fromhex(root.decode())))


def refuse_two_histories(office, seen) -> None:
    newest = read_checkpoint(office.folder.checkpoint(), office.keyring.public())
    tree = TileTree(office.folder.read, newest.size)
    roots = dict(seen)
    assert set(seen) == set(roots.items()), "two roots were told for one size"
    for size, root in sorted(roots.items()):
        verify_consistency(size, root, newest.size, newest.root, tree.consistency(size))
