"""How many events a second are recorded, with 1, 16, 64 and 256 commands in flight, by four stores in turn.

python benchmarks/append.py --json
python benchmarks/append.py --json --slow-disk 2      # every fsync takes 2 ms more
"""

import argparse
import asyncio
import json
import sys
from contextlib import AsyncExitStack
from statistics import median
from typing import Any

from contest import writers
from contest.driving import Measured
from contest.machine import machine
from contest.server import folder_for_servers, postgres_in
from contest.slow_disk import NoCompiler, slow_disk

IN_FLIGHT = (1, 16, 64, 256)
WARM_UP = 0.3
Turns = dict[tuple[str, int], list[Measured]]


async def main(rounds: int, seconds: float, slow_milliseconds: float, only: list[str]) -> dict[str, Any]:
    async with AsyncExitStack() as stack:
        folder = await stack.enter_async_context(folder_for_servers())
        server = await stack.enter_async_context(postgres_in(folder, slow_milliseconds))
        opened = {
            "ours": lambda: writers.ours(server),
            "eventsourcing": lambda: writers.library(server),
            "umadb": lambda: writers.uma(folder, slow_disk(folder, slow_milliseconds)),
            "asyncpg": lambda: writers.bare(server),
        }
        stores = [await stack.enter_async_context(opened[name]()) for name in opened if name in only]
        turns = await take_turns(stores, rounds, seconds)
    return {
        **figures(turns),
        "rounds": rounds,
        "seconds_a_turn": seconds,
        "slow_disk_ms": slow_milliseconds,
        **machine(),
    }


async def take_turns(stores: list[writers.Writer], rounds: int, seconds: float) -> Turns:
    """Every store under every load once a round, so that whatever else the machine does meets all of them."""
    turns: Turns = {}
    for store in stores:
        await store.load(16, min(WARM_UP, seconds))
    for number in range(rounds):
        for in_flight in IN_FLIGHT:
            for store in stores:
                if store.most is None or in_flight <= store.most:
                    measured = await store.load(in_flight, seconds)
                    turns.setdefault((store.name, in_flight), []).append(measured)
                    _tell(number, store.name, in_flight, measured)
    return turns


def figures(turns: Turns) -> dict[str, Any]:
    """Medians by store and load, and how ours stands to each. A store that cannot go further keeps its last rate."""
    names = list(dict.fromkeys(name for name, _ in turns))
    found: dict[str, Any] = {}
    rates: dict[tuple[str, int], float] = {}
    for name in names:
        for in_flight in IN_FLIGHT:
            measured = turns.get((name, in_flight))
            if measured is not None:
                kept = measured
            rates[name, in_flight] = median(each.rate for each in kept)
            found[f"{name}_{in_flight}"] = round(rates[name, in_flight])
            found[f"{name}_{in_flight}_p50_ms"] = round(median(each.p50 for each in kept), 2)
            found[f"{name}_{in_flight}_p99_ms"] = round(median(each.p99 for each in kept), 2)
    for name in names[1:]:
        for in_flight in IN_FLIGHT:
            found[f"ratio_{name}_{in_flight}"] = round(rates["ours", in_flight] / rates[name, in_flight], 2)
    return found


def _tell(number: int, name: str, in_flight: int, measured: Measured) -> None:
    print(
        f"round {number + 1}  {name:14} {in_flight:4} in flight  {measured.rate:9,.0f} events/s"
        f"  p50 {measured.p50:7.2f} ms  p99 {measured.p99:7.2f} ms",
        file=sys.stderr,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each store writes in each turn")
    parser.add_argument("--slow-disk", type=float, default=0, metavar="MS", help="add so much to each fsync")
    parser.add_argument("--only", nargs="+", default=["ours", "eventsourcing", "umadb", "asyncpg"])
    parser.add_argument("--smoke", action="store_true", help="as short as it can be, to see that it runs")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    rounds, seconds = (1, 0.1) if asked.smoke else (asked.rounds, asked.seconds)
    try:
        result = asyncio.run(main(rounds, seconds, asked.slow_disk, asked.only))
    except NoCompiler as reason:
        sys.exit(str(reason))
    print(json.dumps(result, indent=None if asked.json else 2))
