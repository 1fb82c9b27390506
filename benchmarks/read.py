"""How fast the record is replayed as typed events, and one stream of a hundred events is loaded, beside its peers.

python benchmarks/read.py --json
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg
from contest.filling import fill
from contest.library_events import LibraryReader
from contest.machine import machine
from contest.server import folder_for_servers, postgres_in

from ledger import sql_files
from ledger.postgres import PAGE, PostgresLedger

STREAM_LENGTH = 100
Turn = Callable[[], Awaitable[int]]


async def main(events: int, rounds: int, loads: int) -> dict[str, Any]:
    """Both stores filled alike, then read in turn; medians of the rounds, events (or loads) a second."""
    async with AsyncExitStack() as stack:
        folder = await stack.enter_async_context(folder_for_servers())
        server = await stack.enter_async_context(postgres_in(folder))
        dsn = await server.ledger("ours")
        await fill(server.owner_of("ours"), events, STREAM_LENGTH)
        ledger = await stack.enter_async_context(PostgresLedger(dsn))
        raw = await asyncpg.connect(dsn)
        stack.push_async_callback(raw.close)
        library = LibraryReader(await server.create_database("library"))
        stack.callback(library.close)
        library.fill(events, STREAM_LENGTH)
        replays: dict[str, Turn] = {
            "ours": lambda: _replay_facts(ledger),
            "ours_envelopes": lambda: _replay(ledger.read),
            "eventsourcing": lambda: _at_once(lambda: library.replay(PAGE)),
            "asyncpg": lambda: _replay_raw(raw),
        }
        streams: dict[str, Turn] = {
            "ours": lambda: _times(loads, lambda: _load(ledger)),
            "eventsourcing": lambda: _at_once(
                lambda: sum(library.load() // STREAM_LENGTH for _ in range(loads))
            ),
        }
        replayed = await _take_turns(replays, rounds, events)
        loaded = await _take_turns(streams, rounds, loads)
    return {
        **{f"{name}_replay": round(rate) for name, rate in replayed.items()},
        **{f"{name}_load_100": round(rate) for name, rate in loaded.items()},
        "ratio_eventsourcing_replay": round(replayed["ours"] / replayed["eventsourcing"], 2),
        "ratio_asyncpg_replay": round(replayed["ours"] / replayed["asyncpg"], 2),
        "ratio_eventsourcing_load_100": round(loaded["ours"] / loaded["eventsourcing"], 2),
        "events": events,
        "rounds": rounds,
        **machine(),
    }


async def _take_turns(turns: dict[str, Turn], rounds: int, expected: int) -> dict[str, float]:
    rates: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, turn in turns.items():
            began = perf_counter()
            if await turn() != expected:
                raise AssertionError(f"{name} has not read everything.")
            rates[name].append(expected / (perf_counter() - began))
            print(f"{name:16} {rates[name][-1]:11,.0f} a second", file=sys.stderr)
    return {name: median(each) for name, each in rates.items()}


async def _replay(read: Callable[[int, int], Awaitable[Any]]) -> int:
    after = 0
    while page := await read(after, PAGE):
        after = page[-1].index
    return after


async def _replay_facts(ledger: PostgresLedger) -> int:
    after = 0
    async for page in ledger.replay():
        after = page[-1].index
    return after


async def _replay_raw(connection: asyncpg.Connection) -> int:
    """Nothing but the rows: the floor."""
    after = 0
    while page := await connection.fetch(sql_files.query("read_facts"), after, PAGE):
        after = page[-1]["index"]
    return after


async def _load(ledger: PostgresLedger) -> int:
    return len(await ledger.facts_of("occ/filled/0")) // STREAM_LENGTH


async def _times(times: int, once: Turn) -> int:
    return sum([await once() for _ in range(times)])


async def _at_once(work: Callable[[], int]) -> int:
    return work()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loads", type=int, default=200, help="how often the stream of a hundred is loaded")
    parser.add_argument("--smoke", action="store_true", help="small and short, to see that it runs")
    asked = parser.parse_args()
    chosen = (500, 1, 2) if asked.smoke else (asked.events, asked.rounds, asked.loads)
    print(json.dumps(asyncio.run(main(*chosen)), indent=None if asked.json else 2))
