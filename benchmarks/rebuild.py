"""How many events a second a read model is built from, against the library's ProjectionRunner and a bare fetch.

    python benchmarks/rebuild.py --json

The contenders take turns, so that whatever else the machine does meets all of them; medians of the rounds are told.
`deliveries` is one read model, the same on both sides: one row for each message. `all` are all of ours, folded by the domain.
`raw_fetch` fetches the same rows with asyncpg, page by page, and does nothing with them. The library is given a smaller record,
because it takes a transaction for each event; its rate does not depend on how many there are.
"""

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg
from reading.ground import PASSWORD, a_server, a_year, fill, prepared
from reading.library import Library

from ledger.privileges import with_login
from projections.tables.models.all import BY_NAME, PROJECTIONS
from projections.tables.projector import PAGE, Projector
from projections.tables.rebuild import rebuild

RAW = "SELECT index, canonical FROM forthwith.events WHERE index > $1 ORDER BY index LIMIT $2"
TABLES = [table.name for each in PROJECTIONS for table in each.tables]
Contender = Callable[[], Awaitable[float]]


async def main(events: int, library_events: int, rounds: int) -> dict[str, Any]:
    async with a_server() as server:
        owner = await asyncpg.connect(await prepared(server))
        ours = await asyncpg.connect(with_login(server.dsn, "forthwith_projector", PASSWORD))
        year = await a_year()
        await fill(owner, year, events)
        library = Library(await server.create_database("library"))
        await asyncio.to_thread(library.fill, year, library_events)
        theirs = await asyncpg.connect(server.dsn.replace("/forthwith?", "/library?"))

        async def built(names: list[str]) -> float:
            began = perf_counter()
            await rebuild(ours, [BY_NAME[name] for name in names])
            return events / (perf_counter() - began)

        async def kept_up() -> float:
            for table in TABLES:
                await owner.execute(f"TRUNCATE forthwith_read.{table}")
            await owner.execute("UPDATE forthwith_read.positions SET position = 0")
            began = perf_counter()
            await Projector().catch_up(ours)
            return events / (perf_counter() - began)

        async def fetched() -> float:
            began, after = perf_counter(), 0
            while page := await ours.fetch(RAW, after, PAGE):
                after = page[-1][0]
            return events / (perf_counter() - began)

        async def by_the_library() -> float:
            await theirs.execute("DROP TABLE IF EXISTS deliveries_of_the_library, deliveries_tracking")
            return await asyncio.to_thread(library.rebuild)

        contenders: dict[str, Contender] = {
            "deliveries": lambda: built(["deliveries"]),
            "eventsourcing": by_the_library,
            "raw_fetch": fetched,
            "all": lambda: built(list(BY_NAME)),
            "all_kept_up": kept_up,
        }
        found = await take_turns(contenders, rounds)
        for each in (owner, ours, theirs):
            await each.close()
    return {**found, "events": events, "library_events": library_events, "rounds": rounds, **machine()}


async def take_turns(contenders: dict[str, Contender], rounds: int) -> dict[str, Any]:
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, contend in contenders.items():
            rates[name].append(await contend())
            print(f"round {number + 1}: {name} {rates[name][-1]:,.0f} events/s", file=sys.stderr)

    def ratio(one: str, other: str) -> float:
        return round(median(a / b for a, b in zip(rates[one], rates[other], strict=True)), 2)

    return {
        **{name: round(median(each)) for name, each in rates.items()},
        "ratio_eventsourcing": ratio("deliveries", "eventsourcing"),
        "ratio_eventsourcing_all": ratio("all", "eventsourcing"),
        "ratio_raw_fetch": ratio("deliveries", "raw_fetch"),
        "ratio_raw_fetch_all": ratio("all", "raw_fetch"),
    }


def machine() -> dict[str, Any]:
    load = round(os.getloadavg()[0], 2)
    return {"cores": os.cpu_count(), "load_average": load, "python": platform.python_version()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--library-events", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object and nothing else on standard output"
    )
    parser.add_argument("--smoke", action="store_true", help="small and short, to see that it runs")
    given = parser.parse_args()
    chosen = (600, 60, 1) if given.smoke else (given.events, given.library_events, given.rounds)
    answer = asyncio.run(main(*chosen))
    print(json.dumps(answer) if given.json else "\n".join(f"{key}: {value}" for key, value in answer.items()))
