"""What a follower misses while many processes write, one of which is killed, and what waiting followers cost.

    python benchmarks/followers.py --json

18 writer processes append, each with several commands in flight. A follower reads all the while; when half is written one
writer is killed with SIGKILL, and what it still had to write is written at the end by another one. `missed` counts the events of the record
that the follower has not seen, `doubled` those that it saw twice, `out_of_order` those that came before an earlier one.
`read_models_missed` is the same for the table of positions: what a read model in the same transaction has counted.

Afterwards 2,000 followers of the ledger wait in this process, and nothing happens: `idle_cpu_per_second` is how many seconds of
processor time this process and its database connections take in a second; `idle_cpu_per_second_read_models` the same for 2,000
that wait on what read models wait on.
"""

import argparse
import asyncio
import json
import os
import platform
import resource
import sys
from itertools import pairwise
from pathlib import Path
from signal import SIGKILL
from time import perf_counter
from typing import Any

import asyncpg
from reading.ground import PASSWORD, a_server, prepared

from ledger.postgres import PostgresLedger
from ledger.privileges import with_login
from projections.tables.projector import Projector
from projections.tables.running import keep_up
from projections.tables.watching import Watch

WRITER = Path(__file__).parent / "reading" / "writer.py"
ROOT = Path(__file__).parents[1]


async def main(
    events: int, writers: int, in_flight: int, followers: int, idle_seconds: float
) -> dict[str, Any]:
    async with a_server() as server:
        owner = await prepared(server)
        application = with_login(owner, "forthwith_app", PASSWORD)
        projector = with_login(owner, "forthwith_projector", PASSWORD)
        found = await missed(application, projector, events, writers, in_flight)
        idle = await cost_of_waiting(application, projector, followers, idle_seconds)
    return {**found, **idle, "cores": os.cpu_count(), "python": platform.python_version()}


async def missed(
    application: str, projector: str, events: int, writers: int, in_flight: int
) -> dict[str, Any]:
    seen: list[int] = []
    stop = asyncio.Event()
    async with PostgresLedger(application, connections=2) as ledger:
        following = asyncio.create_task(follow(ledger, seen))
        keeping = asyncio.create_task(keep_up(lambda: asyncpg.connect(projector), stop, Projector()))
        began = perf_counter()
        killed = await write(application, events, writers, in_flight, seen)
        took = perf_counter() - began
        size = (await ledger.head()).size
        while len(seen) < size and not following.done():
            await asyncio.sleep(0.05)
        following.cancel()
        counted = await counted_by_read_models(projector, size)
        stop.set()
        await keeping
    return {
        "events": size,
        "writers": writers,
        "killed_after": killed,
        "missed": len(set(range(1, size + 1)) - set(seen)),
        "doubled": len(seen) - len(set(seen)),
        "out_of_order": sum(later < earlier for earlier, later in pairwise(seen)),
        "read_models_missed": size - counted,
        "events_per_second": round(size / took),
    }


async def follow(ledger: PostgresLedger, seen: list[int]) -> None:
    async for batch in ledger.follow():
        seen.extend(event.index for event in batch)


async def write(dsn: str, events: int, writers: int, in_flight: int, seen: list[int]) -> int:
    """Start the writers, kill one when the follower has seen half, and let another one finish; returns where it was killed."""
    share = events // writers
    processes = [await writer(dsn, f"w{number}", share, in_flight) for number in range(writers)]
    while len(seen) < events // 2:
        await asyncio.sleep(0.02)
    victim = next(each for each in processes if each.returncode is None)
    victim.send_signal(SIGKILL)
    killed = len(seen)
    await ended(*processes)
    async with PostgresLedger(dsn, connections=1) as ledger:
        short = events - (await ledger.head()).size
    await ended(await writer(dsn, "successor", max(short, 0), in_flight))
    return killed


async def ended(*processes: asyncio.subprocess.Process) -> None:
    for each in processes:
        if await each.wait() not in (0, -SIGKILL):
            raise SystemExit(f"A writer ended with {each.returncode}.")


async def writer(dsn: str, name: str, count: int, in_flight: int) -> asyncio.subprocess.Process:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        sys.executable, str(WRITER), dsn, name, str(count), str(in_flight),
        env=environment, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def counted_by_read_models(dsn: str, size: int) -> int:
    connection = await asyncpg.connect(dsn)
    least = "SELECT min(position) FROM forthwith_read.positions"
    try:
        async with asyncio.timeout(300):
            while (counted := await connection.fetchval(least)) < size:
                await asyncio.sleep(0.05)
    finally:
        await connection.close()
    return int(counted)


async def cost_of_waiting(application: str, projector: str, followers: int, seconds: float) -> dict[str, Any]:
    """Once with followers of the ledger, once with what read models wait on."""
    async with PostgresLedger(application, connections=2) as ledger:
        size = (await ledger.head()).size
        waiting = [asyncio.create_task(anext(ledger.follow(size))) for _ in range(followers)]
        of_the_ledger = await cpu_per_second(projector, waiting, seconds)
    async with Watch(lambda: asyncpg.connect(projector)) as watch:
        waiting = [asyncio.create_task(watch.beyond(size)) for _ in range(followers)]
        of_the_watch = await cpu_per_second(projector, waiting, seconds)
    return {
        "followers": followers,
        "idle_seconds": seconds,
        "idle_cpu_per_second": of_the_ledger,
        "idle_cpu_per_second_read_models": of_the_watch,
    }


async def cpu_per_second(dsn: str, waiting: list[asyncio.Task[Any]], seconds: float) -> float:
    """Seconds of processor time that this process and its database connections take in a second."""
    await asyncio.sleep(min(seconds, 5))  # until every follower has looked and waits
    connection = await asyncpg.connect(dsn)
    ours = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    backends = [row["pid"] for row in await connection.fetch(ours)]
    await connection.close()
    before = own_cpu() + sum(map(cpu_of, backends))
    await asyncio.sleep(seconds)
    took = own_cpu() + sum(map(cpu_of, backends)) - before
    for each in waiting:
        if each.done():
            raise SystemExit("A follower was woken although nothing happened.")
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return round(took / seconds, 5)


def own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has taken (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--writers", type=int, default=18)
    parser.add_argument("--in-flight", type=int, default=16)
    parser.add_argument("--followers", type=int, default=2000)
    parser.add_argument("--idle-seconds", type=float, default=10)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object and nothing else on standard output"
    )
    parser.add_argument("--smoke", action="store_true", help="small and short, to see that it runs")
    given = parser.parse_args()
    chosen = (given.events, given.writers, given.in_flight, given.followers, given.idle_seconds)
    answer = asyncio.run(main(*((600, 3, 4, 20, 0.5) if given.smoke else chosen)))
    print(json.dumps(answer) if given.json else "\n".join(f"{key}: {value}" for key, value in answer.items()))
