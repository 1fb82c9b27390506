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
        self._patience = Patience(start)

    @workflow.run
    async def run(self, start: ClockStart) -> str:  # noqa: ARG002 - Temporal hands it to both
        return await self._patience.keep_watch(
            look=LOOK_AT_NOTICE, act=OPEN_OCCURRENCES, question="What has to open, and when?"
        )

    @workflow.signal(name="poke")
    def poke(self, position: int) -> None:  # noqa: ARG002 - it is there to be read in the history
        """The record has moved on, up to this position."""
        self._patience.poke()
