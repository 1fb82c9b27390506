"""What an append, and a read as at a moment, cost at 10, 1,000, 100,000 and 1,000,000 events in the record.

python benchmarks/growth.py --json
"""

import argparse
import asyncio
import json
import random
import sys
from statistics import quantiles
from time import perf_counter
from typing import Any

from contest.filling import fill
from contest.machine import machine
from contest.samples import Streams, sample_act
from contest.server import BenchmarkPostgres, folder_for_servers, postgres_in

from ledger.postgres import PostgresLedger

SIZES = (10, 1_000, 100_000, 1_000_000)
STREAM_LENGTH = 10


async def main(sizes: tuple[int, ...], tries: int) -> dict[str, Any]:
    """One store for each size, all filled first, and then asked in turn: a busy moment meets all of them."""
    async with folder_for_servers() as folder, postgres_in(folder) as server:
        ledgers = {size: await _filled(server, size) for size in sizes}
        appends: dict[int, list[float]] = {size: [] for size in sizes}
        reads: dict[int, list[float]] = {size: [] for size in sizes}
        for number in range(tries):
            for size, ledger in ledgers.items():
                streams = Streams()
                appends[size] += [await _append(ledger, streams) for _ in range(10 if number else 20)][-10:]
                reads[size] += [await _read_as_at(ledger, size) for _ in range(10 if number else 20)][-10:]
        for ledger in ledgers.values():
            await ledger.__aexit__(None, None, None)
    return {**_figures("append", appends), **_figures("as_at_read", reads), **machine()}


async def _filled(server: BenchmarkPostgres, size: int) -> PostgresLedger:
    began = perf_counter()
    dsn = await server.ledger(f"size_{size}")
    await fill(server.owner_of(f"size_{size}"), size, STREAM_LENGTH)
    print(f"{size:,} events in {perf_counter() - began:.1f} s", file=sys.stderr)
    ledger = PostgresLedger(dsn)
    return await ledger.__aenter__()


async def _append(ledger: PostgresLedger, streams: Streams) -> float:
    act = sample_act(*streams.next())
    began = perf_counter()
    await ledger.append(act)
    return perf_counter() - began


async def _read_as_at(ledger: PostgresLedger, size: int) -> float:
    """One stream as it was known at the recorded time of the event in its middle."""
    stream = f"occ/filled/{random.randrange(max(size // STREAM_LENGTH, 1))}"
    began = perf_counter()
    facts = await ledger.facts_of(stream)
    known_at = facts[len(facts) // 2].recorded
    seen = [fact.event for fact in facts if fact.recorded <= known_at and fact.effective <= known_at]
    if not seen:
        raise AssertionError("The moment lies behind the first event.")
    return perf_counter() - began


def _figures(name: str, by_size: dict[int, list[float]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for size, waits in by_size.items():
        cuts = quantiles(waits, n=100)
        found[f"{name}_p50_ms_{size}"] = round(cuts[49] * 1000, 3)
        found[f"{name}_p99_ms_{size}"] = round(cuts[98] * 1000, 3)
    smallest, largest = min(by_size), max(by_size)
    for cut in ("p50", "p99"):
        grown = found[f"{name}_{cut}_ms_{largest}"] / found[f"{name}_{cut}_ms_{smallest}"]
        found[f"ratio_{name}_{cut}"] = round(grown, 2)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--tries", type=int, default=200, help="how many times each store is asked ten times")
    parser.add_argument("--smoke", action="store_true", help="small and short, to see that it runs")
    asked = parser.parse_args()
    chosen = ((10, 100), 2) if asked.smoke else (tuple(asked.sizes), asked.tries)
    print(json.dumps(asyncio.run(main(*chosen)), indent=None if asked.json else 2))
