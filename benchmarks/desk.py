"""How long the desk of a large office keeps people waiting: the inbox, and sending a report.

    python benchmarks/desk.py --json

A record with 10,000 open tasks under some 400 notices on a real PostgreSQL, and the desk on uvicorn in a process of its own, on
which people have signed in with their passwords. Requests come when they come (`asking/driving.py`): a latency counts from the
planned arrival to the end of the answer, in milliseconds.

`livez` is the bare server, `page` a page without anything of the record, `inbox_many` `/tasks` for the people of the councils,
`inbox_one` for the Department's, who have thousands of tasks each, `inbox_filtered` the same through its filters, `submit` the
form of a whole report to its redirect, with its events in PostgreSQL; `busy_` is the inbox and reports at once. `look_back`
is the first look at everything as of a day in the past, `back` the looks after it, `verify` the whole record verified from
the audit page; `look_back_inbox` and `verify_inbox` are the inbox asked for meanwhile.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import sys
from collections.abc import Coroutine, Mapping, Sequence
from itertools import islice
from time import perf_counter
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
PAST = "as_at=2016-09-20"
FILTERED = ("/tasks?urgency=critically+overdue", "/tasks?page=3", "/tasks?notice=lancashire-0003")
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
    people: Mapping[str, Person],
    reports: Sequence[ReadyReport],
    seconds: float,
) -> dict[str, Any]:
    department = [people[each] for each in OF_THE_DEPARTMENT]
    watch, inbox = Watch(desk), reading(readers, ["/tasks"])
    await watch.over("livez", reading(readers, ["/livez"]), by_chance(seconds, 1))
    await watch.over("page", reading(readers, ["/sign-in"]), by_chance(seconds, 2))
    await watch.over("inbox_many", inbox, by_chance(seconds, 3))
    await watch.over("inbox_one", reading(department, ["/tasks"]), by_chance(seconds, 4))
    await watch.over("inbox_filtered", reading(department, FILTERED), by_chance(seconds, 5))
    first, second = reports[: len(reports) // 2], reports[len(reports) // 2 :]
    await watch.over("submit", sending(first), evenly(len(first)))
    await asyncio.gather(
        watch.over("busy_inbox", inbox, by_chance(len(second) / SUBMITS_A_SECOND, 6)),
        watch.over("busy_submit", sending(second), evenly(len(second))),
    )
    await watch.beside("look_back", department[0].read(f"/tasks?{PAST}"), inbox, by_chance(seconds, 7))
    await watch.over("back", reading(department, [f"/tasks?{PAST}"]), by_chance(seconds, 8))
    await watch.beside("verify", verified_by(department[0]), inbox, by_chance(seconds, 9))
    return {**watch.figures, "start_seconds": desk.start_seconds, "memory_mib": desk.memory_mib()}


class Watch:
    """Over one desk, and the figures that it has given so far."""

    def __init__(self, desk: RunningDesk) -> None:
        self._desk = desk
        self.figures: dict[str, Any] = {}

    async def over(self, name: str, ask: Ask, planned: Sequence[float]) -> None:
        """`NAME_processor_ms`: what the desk used for each of them, and for whatever else it did meanwhile."""
        used = self._desk.processor_seconds()
        latencies = await driven(ask, planned)
        each = 1000 * (self._desk.processor_seconds() - used) / len(latencies)
        self.figures |= cut(name, latencies)
        self.figures |= {f"{name}_asked": len(latencies), f"{name}_processor_ms": round(each, 2)}
        say(f"{name}: {cut(name, latencies)}, {len(latencies)} asked, {each:.1f} ms of the processor each")

    async def beside(
        self, name: str, long: Coroutine[Any, Any, Any], inbox: Ask, planned: Sequence[float]
    ) -> None:
        """`NAME_ms`: how long something took that takes long; and the inbox, asked meanwhile."""
        began = perf_counter()
        taking = asyncio.create_task(long)
        taking.add_done_callback(
            lambda _: self.figures.update({f"{name}_ms": round(1000 * (perf_counter() - began))})
        )
        await self.over(f"{name}_inbox", inbox, planned)
        await taking
        say(f"{name}: {self.figures[f'{name}_ms']} ms")


def by_chance(seconds: float, seed: int) -> list[float]:
    return list(arrivals(RATE, seconds, seed))


async def verified_by(person: Person) -> None:
    fields = await person.fields("/audit")
    await person.send("/audit/verify", {"form_token": fields["form_token"]})


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
