"""The wiring: everything that works on one record, put together in one place."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.clock import Clock, ClockSpec, LiveClock, ShiftedClock, SteppedClock
from domain.record import LedgerUnreachable
from forthwith.settings import Settings
from ledger.chase import OfficeChase
from ledger.connection import PATIENT
from ledger.directory import PostgresDirectory
from ledger.feeds import PostgresFeeds
from ledger.instance import read_instance
from ledger.office import Office
from ledger.outbox import PostgresOutbox
from ledger.postgres import PostgresLedger
from ledger.privacy.sealing import keyring_from
from ledger.tokens import PostgresTokens
from projections.casebook import Casebook
from projections.inbox import work_out_beforehand


@dataclass(frozen=True, slots=True)
class World:
    """A record, its clock, and whoever handles commands on it. `spec` tells how its time follows from real time."""

    spec: ClockSpec
    clock: Clock
    ledger: PostgresLedger
    directory: PostgresDirectory
    office: Office
    casebook: Casebook

    @property
    def chase(self) -> OfficeChase:
        return OfficeChase(self.office)

    @property
    def tokens(self) -> PostgresTokens:
        return PostgresTokens(self.ledger.database)

    async def settle(self) -> None:
        """Read the whole record before anybody asks for it.

        What was read stays to the end, and there are millions of things in it: looking for garbage among them would double
        the time of reading, and make everybody wait for a second now and then.
        """
        gc.collect()
        gc.disable()
        try:
            await self.ledger.database.wakeups.listen(PATIENT.altogether)
            with suppress(LedgerUnreachable):
                await self.casebook.catch_up()
            work_out_beforehand(self.casebook, self.clock.now())
            gc.freeze()
        finally:
            gc.enable()

    def outbox(self) -> PostgresOutbox:
        """An outbox for one worker; each needs its own."""
        return PostgresOutbox(self.ledger.database)

    def feeds(self) -> PostgresFeeds:
        return PostgresFeeds(self.ledger.database)


@asynccontextmanager
async def open_world(application_url: str, connections: int = 8) -> AsyncIterator[World]:
    """The world of a store, whichever it is: a simulated store brings its own clock with it."""
    instance = await read_instance(application_url)
    clock: Clock = ShiftedClock(instance.clock) if instance.mode == "simulated" else LiveClock()
    keyring = keyring_from(Settings().privacy_key_file)
    async with PostgresLedger(application_url, connections=connections, keyring=keyring) as ledger:
        yield World(
            spec=instance.clock,
            clock=clock,
            ledger=ledger,
            directory=PostgresDirectory(ledger.database),
            office=Office(ledger, clock),
            casebook=Casebook(ledger),
        )


def world_of_bag(path: Path) -> World:
    """The world as it was when the bag's newest event was recorded. Raises NoBag, UnreadableBag."""
    # Imported here, so that the engine, which never reads a bag, stays small.
    from ledger.export.bag_ledger import read_bag
    from ledger.memory_outbox import MemoryDirectory

    bag: Any = read_bag(path)
    nobody: Any = MemoryDirectory()
    clock = SteppedClock(bag.ends)
    return World(ClockSpec(), clock, bag, nobody, Office(bag, clock), Casebook(bag))
