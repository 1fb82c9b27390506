"""The rehearsal through the real workflow code, on Temporal's time-skipping server.

The server cannot start in the past and has one clock for all workflows, so the notice's time is shifted by a
`ClockSpec`, and the server is moved from one instant to the next once every clock has answered for the last. An
outage is a server that is lost for good: a new one starts when it ends, and all clocks come back from the record.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from domain.clock import ClockSpec
from domain.ports import ClockView
from forthwith.rehearsal.programs import test_server_program
from forthwith.rehearsal.script import Planned
from forthwith.rehearsal.stage import RehearsedChase, Stage
from workflows.converting import DATA_CONVERTER
from workflows.runtime import quiet_runtime
from workflows.starting import name_search_attributes, poke_clock
from workflows.worker import clock_worker

A_MOMENT = timedelta(milliseconds=1)

# The server's time goes on while people act; with less, a timer of the same instant would fire between two of them.
BEFORE_PEOPLE_ACT = timedelta(minutes=2)
ANSWER_WITHIN = 60.0
SERVERS_TO_LOSE = 3


class ServerStoodStill(RuntimeError):
    """The time-skipping server was asked to move on and never answered."""


class TemporalEngine:
    """Plays a stage's script on the server; implements the chase that the activities call."""

    def __init__(self, stage: Stage, on_progress: Callable[[datetime], None]) -> None:
        self.stage = stage
        self.on_progress = on_progress
        self.chase = RehearsedChase(stage)
        self.views: dict[str, ClockView | None] = {}
        self.answered = asyncio.Condition()
        self.client: Client | None = None
        self.clock = ClockSpec()
        self.position = 0

    async def run(self) -> None:
        """The whole life of the notice; an outage ends one server's part and begins the next.

        So does a server that stands still: nothing is lost with it, because every clock comes back from the record.
        """
        acts, outages, lost = list(self.stage.script.acts), list(self.stage.script.outages), 0
        while True:
            await self._act_before_any_clock_is_back(acts)
            try:
                async with self._server() as environment:
                    await self._play(environment, acts, until=outages[0].start if outages else None)
            except ServerStoodStill:
                lost += 1
                if lost > SERVERS_TO_LOSE:
                    raise
                continue
            if not outages:
                return
            self.stage.clock.advance_to(outages.pop(0).end)

    async def _act_before_any_clock_is_back(self, acts: list[Planned]) -> None:
        """Whoever acts in the very moment in which an outage ends comes first, as everywhere.

        With the server there, the clocks that are overdue would take their steps in a race with them.
        """
        while acts and acts[0].at <= self.stage.clock.now():
            await self.stage.perform(acts.pop(0))

    async def _play(
        self, environment: WorkflowEnvironment, acts: list[Planned], until: datetime | None
    ) -> None:
        await self._wake_all()
        while (instant := self._next_instant(acts)) is not None and (until is None or instant < until):
            self.on_progress(instant)
            if acts and acts[0].at == instant:
                await self._move(environment, instant - BEFORE_PEOPLE_ACT)
                await self.stage.perform(acts.pop(0))
                await self._relay()
            else:
                await self._move(environment, instant + A_MOMENT)
                await self._all_answered(instant)

    async def look_at_occurrence(self, occurrence: str) -> ClockView:
        return await self._answer(f"occ/{occurrence}", await self.chase.look_at_occurrence(occurrence))

    async def look_at_notice(self, notice: str) -> ClockView:
        return await self._answer(f"notice/{notice}", await self.chase.look_at_notice(notice))

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView:
        view = await self.chase.take_step(occurrence, woken_for)
        await self._relay(but=f"occ/{occurrence}")
        return await self._answer(f"occ/{occurrence}", view)

    async def open_occurrences(self, notice: str, woken_for: datetime) -> ClockView:
        view = await self.chase.open_occurrences(notice, woken_for)
        await self._relay(wait=False)
        return await self._answer(f"notice/{notice}", view)

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[WorkflowEnvironment]:
        async with await WorkflowEnvironment.start_time_skipping(
            data_converter=DATA_CONVERTER,
            runtime=quiet_runtime(),
            test_server_existing_path=str(test_server_program()),
            test_server_startup_timeout=timedelta(seconds=30),
        ) as environment:
            self.client = environment.client
            await name_search_attributes(environment.client)
            self.clock = ClockSpec(self.stage.clock.now(), await environment.get_current_time())
            async with clock_worker(
                environment.client,
                self,
                # A failing clock is to fail the rehearsal, not to be tried again and again in silence.
                workflow_failure_exception_types=[Exception],
                # Looks for no deadlocks: two seconds without an answer mean a busy machine here.
                debug_mode=True,
            ):
                yield environment

    async def _wake_all(self) -> None:
        """What `clocks rebuild` does: every clock comes back from the record alone."""
        self.views.clear()
        await self.stage.poked()
        ledger = self.stage.office.ledger
        await self._poke([*sorted(await ledger.streams("notice/")), *sorted(await ledger.streams("occ/"))])

    async def _relay(self, but: str | None = None, *, wait: bool = True) -> None:
        await self._poke([stream for stream in await self.stage.poked() if stream != but], wait=wait)

    async def _poke(self, streams: list[str], *, wait: bool = True) -> None:
        assert self.client is not None
        for stream in streams:
            self.views[stream] = None
        for stream in streams:
            self.position += 1
            await poke_clock(self.client, stream, self.position, self.clock)
        if wait:
            await self._until(lambda: all(self.views[stream] is not None for stream in streams))

    async def _answer(self, stream: str, view: ClockView) -> ClockView:
        async with self.answered:
            self.views[stream] = view
            self.answered.notify_all()
        return view

    async def _all_answered(self, instant: datetime) -> None:
        """Every clock that was due has taken its step, and every clock that it woke has looked."""
        await self._until(
            lambda: all(
                view is not None and (view.closed or view.next_at is None or view.next_at > instant)
                for view in self.views.values()
            )
        )

    async def _until(self, settled: Callable[[], bool]) -> None:
        async with self.answered:
            await asyncio.wait_for(self.answered.wait_for(settled), ANSWER_WITHIN)

    def _next_instant(self, acts: list[Planned]) -> datetime | None:
        instants = [view.next_at for view in self.views.values() if view and not view.closed and view.next_at]
        instants.extend(act.at for act in acts[:1])
        return max(min(instants), self.stage.clock.now()) if instants else None

    async def _move(self, environment: WorkflowEnvironment, instant: datetime) -> None:
        now = self.clock.domain_time(await environment.get_current_time())
        if instant <= now:
            return
        try:
            await asyncio.wait_for(environment.sleep(instant - now), ANSWER_WITHIN)
        except TimeoutError:
            raise ServerStoodStill(f"The server did not move on to {instant:%-d %B %Y, %H:%M}.") from None
