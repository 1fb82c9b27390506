"""A hundred things falling due on a real Forthwith, whose parts are killed while it works."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from domain.actor import Actor
from domain.case import Case
from domain.chasing.outlook import look
from domain.clock import ClockSpec
from domain.commands import IssueNotice
from domain.record import LedgerUnreachable, Recorded
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from forthwith.embedded.state import StateFolder
from forthwith.embedded.supervisor import Supervisor
from forthwith.settings import as_application
from forthwith.store import prepare_store
from forthwith.world import World, open_world
from projections.casebook import Casebook
from tests.chaos.hundred import NOTICE, OBLIGATIONS

CAREFUL, CARELESS = "forthwith.engine", "tests.chaos.careless"
STARTS_AT = datetime(2016, 5, 30, 22, 0, tzinfo=UTC)
SECONDS_A_DAY = 3
LONGEST_WAIT = 90.0
Answer = TypeVar("Answer")


@dataclass
class Run:
    """One run: the world as an onlooker sees it, and what was killed."""

    folder: StateFolder
    world: World
    temporal: str
    database_url: str
    kills: list[str] = field(default_factory=list)
    seen: int = 0
    quiet_after: float = 0.0
    frozen_at: datetime = STARTS_AT
    treated: Counter[str | None] = field(default_factory=Counter)

    async def kill_in_flight(self, part: str, rung: str, after: int) -> None:
        """kill -9 a part once a rung has been raised `after` times: the messages wait, and other clocks ring."""
        await self._until(lambda: self._has_been_raised(rung, after), f"{rung} to be raised {after} times")
        await self.kill(part)

    async def kill(self, part: str) -> None:
        """Returns when the supervisor has started it again."""
        killed = self._pid(part)
        os.kill(killed, signal.SIGKILL)
        self.kills.append(part)

        async def replaced() -> bool:
            return self._pid(part) != killed

        await self._until(replaced, f"{part} to be started again")

    async def freeze_when(self, part: str, condition: Callable[[], Awaitable[bool]]) -> None:
        """Stop a part where it stands, at a moment at which the condition holds."""

        async def frozen() -> bool:
            os.kill(self._pid(part), signal.SIGSTOP)
            self.frozen_at = datetime.now(UTC)
            if await condition():
                return True
            os.kill(self._pid(part), signal.SIGCONT)
            return False

        await self._until(frozen, f"a moment at which to freeze {part}")

    async def _has_been_raised(self, rung: str, times: int) -> bool:
        """Or passed over, because an interruption was too long."""
        fresh = await again(lambda: self.world.ledger.read(after=self.seen))
        self.seen += len(fresh)
        for event in fresh:
            told = event.envelope.data
            self.treated.update(told.get("rungs", ()))
            self.treated.update([event.envelope.rung] if "raised_at" in told else [])
        return self.treated[rung] >= times

    async def until_quiet(self) -> list[str]:
        """Wait until nothing is left to do; afterwards, what still is, which should be nothing."""
        began = time.monotonic()
        while (left := await again(self._left)) and self.quiet_after < LONGEST_WAIT:
            await asyncio.sleep(0.5)
            self.quiet_after = time.monotonic() - began
        return left

    async def _left(self) -> list[str]:
        casebook = Casebook(self.world.ledger)
        await casebook.catch_up()
        now = self.world.clock.now()
        cases = casebook.cases(NOTICE)
        waiting = [f"{case.occurrence.id} {why}" for case in cases if (why := _why_not_quiet(case, now))]
        if len(cases) < OBLIGATIONS:
            waiting.append(f"{OBLIGATIONS - len(cases)} occurrences to be opened")
        unsettled = {kind: await self.world.outbox().waiting(kind) for kind in ("message", "poke")}
        return [
            *waiting,
            *(f"{rows} unsettled in the outbox: {kind}" for kind, rows in unsettled.items() if rows),
        ]

    async def record(self) -> Sequence[Recorded]:
        return [event async for event in _whole(self.world)]

    def _pid(self, part: str) -> int:
        running = self.folder.running()
        assert running is not None, "the supervisor has gone"
        return running.children[part]

    async def _until(self, condition: Callable[[], Awaitable[bool]], what: str) -> None:
        give_up = time.monotonic() + LONGEST_WAIT
        while not await condition():
            assert time.monotonic() < give_up, f"waited in vain for {what}, after killing {self.kills}"
            await asyncio.sleep(0.02)


@asynccontextmanager
async def forthwith_running(folder: StateFolder, engine: str) -> AsyncIterator[Run]:
    """The whole product on a simulated store, a day of which takes a few seconds."""
    clock = ClockSpec(STARTS_AT, datetime.now(UTC), 86_400 // SECONDS_A_DAY)

    async def prepare(url: str) -> None:
        await prepare_store(url, folder.secret("application"), simulated=clock)

    supervisor = Supervisor(
        folder,
        (sys.executable, "-m", engine),
        # By its clock a night takes a second, so mail that waits for the morning would only slow the test down.
        {"FORTHWITH_CATCH_MAIL": "1", "FORTHWITH_QUIET_HOURS": ""},
        after_postgres=prepare,
    )
    running = await supervisor.start()
    try:
        async with open_world(as_application(running.database_url, folder)) as world:
            yield Run(folder, world, running.temporal_address, running.database_url)
    finally:
        await supervisor.stop()


async def issue(world: World, terms: NoticeFile) -> None:
    """Bring the notice into force as the front door does; everything since its day of issue is chased."""
    for person in terms.people:
        assert person.email is not None
        await world.directory.set_address(person.id, person.email, world.clock.now())
    since = datetime.combine(terms.notice.issued, datetime.min.time(), UTC)
    await world.office.handle(
        IssueNotice(terms, load_calendar(terms.notice.calendar), since), Actor("person", "operator")
    )


async def again(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Ask until the record answers: it is we who kill its server."""
    give_up = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return await ask()
        except LedgerUnreachable:
            if time.monotonic() > give_up:
                raise
            await asyncio.sleep(0.1)


def _why_not_quiet(case: Case, now: datetime) -> str | None:
    """Nobody answers in this run, so a ladder has been climbed when only people can act."""
    outlook = look(case, now)
    if outlook.waiting == "for somebody to act":
        return None
    return f"waits {outlook.waiting}{f' until {outlook.next_at:%d %b %H:%M}' if outlook.next_at else ''}"


async def _whole(world: World) -> AsyncIterator[Recorded]:
    after = 0
    while batch := await again(lambda after=after: world.ledger.read(after=after)):
        for event in batch:
            yield event
        after = batch[-1].index
