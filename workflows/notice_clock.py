"""The clock of a notice: it opens each occurrence when its time has come."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.chase import LOOK_AT_NOTICE, OPEN_OCCURRENCES
    from workflows.patience import ClockStart, Patience


@workflow.defn(name="NoticeClock")
class NoticeClock:
    """After an interruption everything that should have opened meanwhile opens at once: no period is lost."""

    @workflow.init
    def __init__(self, start: ClockStart) -> None:
        self._start = start
        self._patience = Patience(start)

    @workflow.run
    async def run(self, start: ClockStart) -> str:
        view = await self._patience.ask(LOOK_AT_NOTICE, why="What has to open, and when?")
        while not view.closed:
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(start)
            woken_for = await self._patience.wait(view)
            if woken_for is None:
                view = await self._patience.ask(LOOK_AT_NOTICE, why="The record has moved on: look again")
            else:
                view = await self._patience.ask(OPEN_OCCURRENCES, woken_for=woken_for, why=view.says)
        return view.says

    @workflow.signal(name="poke")
    def poke(self, position: int) -> None:  # noqa: ARG002 - it is there to be read in the history
        """The record has moved on, up to this position."""
        self._patience.poke()
