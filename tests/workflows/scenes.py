"""One clock at a time, on the time-skipping server, in each situation that a worker must still understand later.

Each scene is named by the reason for which its history is kept.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from temporalio.client import WorkflowHistory
from temporalio.testing import WorkflowEnvironment

from domain.actor import Actor
from domain.commands import AcknowledgeTask, Command, OpenOccurrences, SubmitReport
from domain.ports import ClockView
from domain.record import LedgerUnreachable
from domain.time.zones import day_start
from forthwith.rehearsal.scenario import NOBODY_ACTS
from forthwith.rehearsal.stage import Stage, set_stage
from forthwith.rehearsal.temporal import TemporalEngine
from tests.domain.people import MAY_REPORT, MINISTERS_OFFICE, OFFICER, WHOLE_REPORT
from tests.domain.specification import london
from tests.lives import the_notice

NOTICES = Path(__file__).parents[2] / "notices"
NOTICE = "notice/lancashire-2016"
OUT_OF_REACH = 2
BEHIND = 3
A_MOMENT = timedelta(milliseconds=1)


class Theatre(TemporalEngine):
    """The rehearsal's engine with one clock only, whose record and mail can fail."""

    def __init__(self, stage: Stage, watched: str) -> None:
        super().__init__(stage, lambda _: None)
        self.watched = watched
        self.unreachable = 0
        self.mail_works = True
        self.behind = 0

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView:
        self._must_reach_the_record()
        if self.behind:
            self.behind -= 1
            return await self.stage.chase.take_step(occurrence, woken_for)
        if self.mail_works:
            return await super().take_step(occurrence, woken_for)
        self.stage.clock.advance_to(woken_for)
        view = await self.stage.chase.take_step(occurrence, woken_for)
        return await self._answer(f"occ/{occurrence}", view)

    def _must_reach_the_record(self) -> None:
        if self.unreachable:
            self.unreachable -= 1
            raise LedgerUnreachable("The record could not be reached.")

    async def _relay(self, but: str | None = None, *, wait: bool = True) -> None:
        streams = await self.stage.poked()
        await self._poke([each for each in streams if each == self.watched != but], wait=wait)

    async def start(self) -> ClockView:
        """The watched clock is started and has looked."""
        await self.stage.poked()
        await self._poke([self.watched])
        return self.view

    @property
    def view(self) -> ClockView:
        view = self.views[self.watched]
        assert view is not None
        return view

    async def wait_for_the_next_step(self, environment: WorkflowEnvironment) -> None:
        instant = self.view.next_at
        assert instant is not None
        await self._move(environment, instant + A_MOMENT)
        await self._all_answered(instant)

    async def somebody(self, command: Command, by: Actor) -> None:
        await self.stage.office.handle(command, by)
        await self.stage.deliver()
        await self._relay()

    async def history(self) -> WorkflowHistory:
        assert self.client is not None
        return await self.client.get_workflow_handle(self.watched).fetch_history()

    async def ended(self) -> str:
        assert self.client is not None
        says: str = await self.client.get_workflow_handle(self.watched).result()
        return says


Play = Callable[[Theatre, WorkflowEnvironment], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """`begins`: when the clock is started; `play`: what happens then."""

    reason: str
    watched: str
    begins: datetime
    play: Play


@asynccontextmanager
async def playing(scene: Scene) -> AsyncIterator[tuple[Theatre, WorkflowEnvironment]]:
    """The scene's server, worker and record, before the clock is started."""
    stage = await set_stage(the_notice(), NOBODY_ACTS)
    stage.clock.advance_to(scene.begins)
    if scene.watched != NOTICE:
        await stage.office.handle(OpenOccurrences("lancashire-2016"))
    theatre = Theatre(stage, scene.watched)
    async with theatre._server() as environment:
        yield theatre, environment


async def played(scene: Scene) -> WorkflowHistory:
    """The history that the scene leaves behind."""
    async with playing(scene) as (theatre, environment):
        await scene.play(theatre, environment)
        return await theatre.history()


async def _closed_at_once(theatre: Theatre, _: WorkflowEnvironment) -> None:
    await theatre.stage.office.handle(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.start()
    await theatre.ended()


async def _poked_while_waiting(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    await theatre.start()
    await theatre.somebody(AcknowledgeTask(MAY_REPORT), OFFICER)
    await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.ended()


async def _ladder_climbed(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    await theatre.start()
    while theatre.view.next_at is not None:
        await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.somebody(AcknowledgeTask(MAY_REPORT, "refer"), MINISTERS_OFFICE)
    await theatre.ended()


async def _outage_recovered(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    """The clock comes back from the record when three steps have piled up."""
    await theatre.start()
    await theatre.wait_for_the_next_step(environment)
    await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.ended()


async def _record_out_of_reach(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    await theatre.start()
    theatre.unreachable = OUT_OF_REACH
    await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.ended()


async def _waiting_for_a_message(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    """The overdue notice is called for and does not leave; the clock waits for that and for nothing else."""
    await theatre.start()
    await theatre.wait_for_the_next_step(environment)
    theatre.mail_works = False
    await theatre.wait_for_the_next_step(environment)
    assert theatre.view.next_at is None
    theatre.mail_works = True
    await theatre.stage.deliver()
    await theatre._relay()
    await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.ended()


async def _record_behind_the_server(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    """The clocks of two machines differ: the timer has fired, and for the record it is not time yet."""
    await theatre.start()
    theatre.behind = BEHIND
    await theatre.wait_for_the_next_step(environment)
    await theatre.somebody(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
    await theatre.ended()


async def _year_opened(theatre: Theatre, environment: WorkflowEnvironment) -> None:
    view = await theatre.start()
    while not view.closed:
        await theatre.wait_for_the_next_step(environment)
        view = theatre.view
    await theatre.ended()


ISSUED = london(2016, 5, 19)
OPENED = day_start(date(2016, 6, 1), "Europe/London")

SCENES = (
    Scene("closed-at-once", MAY_REPORT.stream, london(2016, 6, 10, 10), _closed_at_once),
    Scene("poked-while-waiting", MAY_REPORT.stream, OPENED, _poked_while_waiting),
    Scene("ladder-climbed", MAY_REPORT.stream, OPENED, _ladder_climbed),
    Scene("outage-recovered", MAY_REPORT.stream, london(2016, 6, 30, 12), _outage_recovered),
    Scene("record-out-of-reach", MAY_REPORT.stream, OPENED, _record_out_of_reach),
    Scene("waiting-for-a-message", MAY_REPORT.stream, london(2016, 6, 14), _waiting_for_a_message),
    Scene("record-behind-the-server", MAY_REPORT.stream, OPENED, _record_behind_the_server),
    Scene("year-opened", NOTICE, ISSUED, _year_opened),
)
