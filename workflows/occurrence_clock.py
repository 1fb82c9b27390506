"""The clock of one occurrence: it wakes the chase when a step falls due, and rests when all is done."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.chase import LOOK_AT_OCCURRENCE, TAKE_STEP
    from workflows.patience import ClockStart, Patience


@workflow.defn(name="OccurrenceClock")
class OccurrenceClock:
    """It decides nothing. A late, repeated or lost wake-up changes no outcome, because the record decides."""

    @workflow.init
    def __init__(self, start: ClockStart) -> None:
        self._patience = Patience(start)

    @workflow.run
    async def run(self, start: ClockStart) -> str:  # noqa: ARG002 - Temporal hands it to both
        return await self._patience.keep_watch(
            look=LOOK_AT_OCCURRENCE, act=TAKE_STEP, question="What is owed, and what comes next?"
        )

    @workflow.signal(name="poke")
    def poke(self, position: int) -> None:  # noqa: ARG002 - it is there to be read in the history
        """The record has moved on, up to this position."""
        self._patience.poke()
