"""Keeps so many commands in flight for so long, in tasks or in threads, and counts what was acknowledged."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measured:
    """What one turn gave: events a second, and how long a writer waited (milliseconds)."""

    rate: float
    p50: float
    p99: float


async def in_tasks(
    in_flight: int, seconds: float, writers: Callable[[], Callable[[], Awaitable[None]]]
) -> Measured:
    """One asyncio task a writer; `writers` gives each its own way to write one event."""
    waits: list[float] = []
    end = perf_counter() + seconds

    async def write() -> None:
        once = writers()
        while (began := perf_counter()) < end:
            await once()
            waits.append(perf_counter() - began)

    began = perf_counter()
    await asyncio.gather(*(write() for _ in range(in_flight)))
    return _measured(waits, perf_counter() - began)


async def in_threads(in_flight: int, seconds: float, writers: Callable[[], Callable[[], None]]) -> Measured:
    """The same with one thread a writer."""
    waits: list[float] = []
    faults: list[Exception] = []
    end = perf_counter() + seconds

    def write() -> None:
        try:
            once = writers()
            while (began := perf_counter()) < end:
                once()
                waits.append(perf_counter() - began)
        except Exception as fault:  # noqa: BLE001 - told to whoever started the threads
            faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(in_flight)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    await asyncio.to_thread(lambda: [thread.join() for thread in threads])
    if faults:
        raise faults[0]
    return _measured(waits, perf_counter() - began)


def _measured(waits: list[float], seconds: float) -> Measured:
    cuts = quantiles(waits, n=100) if len(waits) > 1 else waits * 99
    return Measured(len(waits) / seconds, cuts[49] * 1000, cuts[98] * 1000)
