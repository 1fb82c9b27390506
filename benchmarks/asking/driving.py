"""Requests that come when they come: an open loop, in which waiting in line is part of the answer's time.

Every arrival is fixed beforehand, at random, by a seed; its latency counts from then on, whenever it was really sent. A
desk that falls behind is asked no less often for it.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from time import perf_counter

Ask = Callable[[int], Awaitable[None]]
CUTS = (50, 95, 99)


def arrivals(rate: float, seconds: float, seed: int) -> Iterator[float]:
    """Seconds from the start at which somebody asks: as many as come by chance, `rate` a second on average."""
    chance, at = random.Random(seed), 0.0
    while (at := at + chance.expovariate(rate)) < seconds:
        yield at


async def driven(ask: Ask, planned: Sequence[float]) -> list[float]:
    """Milliseconds from each planned arrival to the end of its answer. What `ask` raises ends the run."""
    began = perf_counter()

    async def one(number: int, at: float) -> float:
        await asyncio.sleep(max(began + at - perf_counter(), 0))
        await ask(number)
        return (perf_counter() - began - at) * 1000

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(one(number, at)) for number, at in enumerate(planned)]
    return [each.result() for each in asked]


def cut(name: str, latencies: Sequence[float]) -> dict[str, float]:
    """`NAME_p50_ms` and so on."""
    ordered = sorted(latencies)
    return {f"{name}_p{each}_ms": round(_at(ordered, each), 1) for each in CUTS}


def _at(ordered: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1]
