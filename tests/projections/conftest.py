"""The Lancashire year as rehearsed by the domain alone: what the record held, and books that have read it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from uuid import UUID

import pytest

from domain.record import Append, Head, Receipt, Recorded
from forthwith.rehearsal.scenario import NOBODY_ACTS
from ledger.memory import MemoryLedger
from projections.casebook import Casebook
from tests.lives import NOTICES, life

SCENARIOS = tuple(sorted(path.stem for path in (NOTICES / "scenarios").glob("*.yaml")))

Rehearsed = Callable[[str], Awaitable[MemoryLedger]]
BookAt = Callable[[str, datetime], Awaitable[Casebook]]


class LedgerSoFar:
    """A ledger that shows only the events it has been told to show, as if the rest had not happened yet."""

    erasures = 0

    def __init__(self, events: Sequence[Recorded], shown: int = 0, at_once: int = 5000) -> None:
        self.events, self.shown, self.at_once = events, shown, at_once

    async def read(self, after: int = 0, limit: int = 5000) -> Sequence[Recorded]:
        await asyncio.sleep(0)  # a real one lets others run meanwhile
        return self.events[after : min(self.shown, after + min(limit, self.at_once))]

    async def head(self) -> Head:
        return Head(self.shown, self.events[self.shown - 1].recorded if self.shown else None)

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        return [each for each in self.events[: self.shown] if each.stream == stream][after:]

    async def streams(self, prefix: str) -> dict[str, int]:
        shown = [each for each in self.events[: self.shown] if each.stream.startswith(prefix)]
        return {each.stream: each.version for each in shown}

    async def append(self, act: Append) -> Receipt:
        raise AssertionError(f"a question of the record appended {act}")

    async def receipt_of(self, command_id: UUID) -> Receipt | None:
        raise AssertionError(f"a question of the record asked for the receipt of {command_id}")

    async def follow(self, after: int = 0, poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        raise AssertionError(f"a question followed the record from {after}, every {poll_seconds} s")
        yield ()


@pytest.fixture(scope="session")
def rehearsed() -> Rehearsed:
    """The ledger of a scenario, played to its end once."""
    return play


@pytest.fixture(scope="session")
def book_at(rehearsed: Rehearsed) -> BookAt:
    """A scenario's book as it was at a moment."""

    async def then(name: str, moment: datetime) -> Casebook:
        return await Casebook(await rehearsed(name)).as_known_at(moment)

    return then


async def play(name: str) -> MemoryLedger:
    ledger = (await life(name)).book._ledger
    assert isinstance(ledger, MemoryLedger)
    return ledger


@pytest.fixture(scope="session")
def ledger_so_far() -> type[LedgerSoFar]:
    return LedgerSoFar


@pytest.fixture(scope="session")
def scenarios() -> tuple[str, ...]:
    """The names of every scenario, the one in which nobody acts included."""
    return (*SCENARIOS, NOBODY_ACTS.id)
