"""The clock of one occurrence as somebody might carelessly change it: it takes the step before it looks."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.chase import LOOK_AT_OCCURRENCE, TAKE_STEP
    from workflows.patience import ClockStart, Patience


@workflow.defn(name="OccurrenceClock")
class ChangedOccurrenceClock:
    @workflow.init
    def __init__(self, start: ClockStart) -> None:
        self._patience = Patience(start)

    @workflow.run
    async def run(self, start: ClockStart) -> str:
        await self._patience.ask(TAKE_STEP, why=start.name)
        view = await self._patience.ask(LOOK_AT_OCCURRENCE, why=start.name)
        return view.says

    @workflow.signal(name="poke")
    def poke(self, position: int) -> None:
        self._patience.poke()
