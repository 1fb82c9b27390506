"""How long the desk of a large office keeps people waiting: the inbox, and sending a report.

    python benchmarks/desk.py --json

A record with 10,000 open tasks under some 400 notices on a real PostgreSQL, and the desk on uvicorn in a process of its own, on
which people have signed in with their passwords. Requests come when they come (`asking/driving.py`): a latency counts from the
planned arrival to the end of the answer, in milliseconds.

`livez` is the bare server, `page` a page without anything of the record, `inbox_many` `/tasks` for the people of the councils,
`inbox_one` for the Department's, who have thousands of tasks each, `inbox_filtered` the same through its filters, `submit` the
form of a whole report to its redirect, with its events in PostgreSQL; `busy_` is the inbox and reports at once.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import sys
from collections.abc import Sequence
from itertools import islice
from typing import Any

# This file is called like the room that it is about: without this, `import desk` would find the file.
sys.path.append(sys.path.pop(0))

import asyncpg
from asking.desk_process import RunningDesk, a_desk
from asking.driving import Ask, arrivals, cut, driven
from asking.office import OF_THE_DEPARTMENT, an_office, person_of
from asking.people import Person, give_accounts, signed_in
from asking.reports import ReadyReport, ready_reports
from reading.ground import PASSWORD, a_server, prepared

from ledger.privileges import with_login

RATE, SUBMITS_A_SECOND = 50, 5
READERS = 24
SUBMITTED = "SELECT count(*) FROM forthwith.events WHERE type = 'report-submitted.v1'"


async def main(tasks: int, seconds: float, submits: int) -> dict[str, Any]:
    say("rehearsing the half year")
    office = await an_office(tasks)
    readers = [person_of("helen-marsh", notice) for notice in islice(reversed(office.notices), READERS)]
    async with a_server() as server:
        owner_dsn = await prepared(server)
        application_dsn = with_login(owner_dsn, "forthwith_app", PASSWORD)
        say(
            f"writing {office.events:,} events under {len(office.notices)} notices: {office.tasks:,} open tasks"
        )
        await office.settle_in(owner_dsn)
        writers = office.writers(2 * submits)
        everybody = [*readers, *OF_THE_DEPARTMENT, *writers]
        await give_accounts(application_dsn, everybody)
        say("starting the desk")
        async with a_desk(application_dsn) as desk, signed_in(desk.address, everybody) as people:
            reports = await ready_reports(office, people, writers, 2 * submits)
            owner = await asyncpg.connect(owner_dsn)
            try:
                before = await owner.fetchval(SUBMITTED)
                found = await measured(desk, [people[each] for each in readers], people, reports, seconds)
                recorded = await owner.fetchval(SUBMITTED) - before
            finally:
                await owner.close()
    facts = {"tasks": office.tasks, "notices": len(office.notices), "events": office.events}
    return {**found, "submitted": len(reports), "recorded": recorded, **facts, **machine()}


async def measured(
    desk: RunningDesk,
    readers: Sequence[Person],
    people: dict[str, Person],
    reports: Sequence[ReadyReport],
    seconds: float,
) -> dict[str, Any]:
    department = [people[each] for each in OF_THE_DEPARTMENT]
    of_half = len(reports) // 2
    figures: dict[str, Any] = {"start_seconds": desk.start_seconds}
    asked: dict[str, Ask] = {
        "livez": reading(readers, ["/livez"]),
        "page": reading(readers, ["/sign-in"]),
        "inbox_many": reading(readers, ["/tasks"]),
        "inbox_one": reading(department, ["/tasks"]),
        "inbox_filtered": reading(department, FILTERED),
    }
    for name, ask in asked.items():
        figures.update(await timed(desk, name, ask, list(arrivals(RATE, seconds, seed=len(name)))))
    first, second = reports[:of_half], reports[of_half:]
    figures.update(await timed(desk, "submit", sending(first), evenly(len(first))))
    inbox = timed(
        desk, "busy_inbox", asked["inbox_many"], list(arrivals(RATE, len(second) / SUBMITS_A_SECOND, seed=7))
    )
    submit = timed(desk, "busy_submit", sending(second), evenly(len(second)))
    for each in await asyncio.gather(inbox, submit):
        figures.update(each)
    return {**figures, "memory_mib": desk.memory_mib()}


FILTERED = ("/tasks?urgency=critically+overdue", "/tasks?page=3", "/tasks?notice=lancashire-0003")


async def timed(desk: RunningDesk, name: str, ask: Ask, planned: Sequence[float]) -> dict[str, Any]:
    """`NAME_busy`: how much of one core the desk used meanwhile."""
    used = desk.processor_seconds()
    latencies = await driven(ask, planned)
    used = desk.processor_seconds() - used
    cuts = cut(name, latencies)
    say(
        f"{name}: {len(latencies)} asked, {cuts}, {1000 * used / len(latencies):.1f} ms of the processor each"
    )
    return {
        **cuts,
        f"{name}_asked": len(latencies),
        f"{name}_processor_ms": round(1000 * used / len(latencies), 2),
    }


def reading(people: Sequence[Person], addresses: Sequence[str]) -> Ask:
    """Everybody in turn, each address in turn."""

    async def ask(number: int) -> None:
        await people[number % len(people)].read(addresses[number // len(people) % len(addresses)])

    return ask


def sending(reports: Sequence[ReadyReport]) -> Ask:
    async def ask(number: int) -> None:
        await reports[number].send()

    return ask


def evenly(count: int) -> list[float]:
    """So many arrivals by chance, in the time that they take on average."""
    chance = random.Random(count)
    return sorted(chance.uniform(0, count / SUBMITS_A_SECOND) for _ in range(count))


def machine() -> dict[str, Any]:
    load = round(os.getloadavg()[0], 2)
    return {"cores": os.cpu_count(), "load_average": load, "python": platform.python_version()}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20, help="how long each page is asked for")
    parser.add_argument("--submits", type=int, default=50, help="how many reports are sent, twice")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object and nothing else on standard output"
    )
    parser.add_argument("--smoke", action="store_true", help="small and short, to see that it runs")
    given = parser.parse_args()
    chosen = (100, 0.5, 2) if given.smoke else (given.tasks, given.seconds, given.submits)
    answer = asyncio.run(main(*chosen))
    print(json.dumps(answer) if given.json else "\n".join(f"{key}: {value}" for key, value in answer.items()))
