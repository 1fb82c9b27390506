"""What both clocks share: looking, waiting for an instant or a poke, and saying so in the Temporal UI."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from activities.chase import Subject
    from domain.clock import ClockSpec
    from domain.ports import ClockView

NOTICE = SearchAttributeKey.for_keyword("ForthwithNotice")
OBLIGATION = SearchAttributeKey.for_keyword("ForthwithObligation")
NEXT_ACTION = SearchAttributeKey.for_datetime("ForthwithNextAction")

SEARCH_ATTRIBUTES = (NOTICE, OBLIGATION, NEXT_ACTION)

# The record may be out of reach for days; a clock never gives up on it, and asks gently.
ASKING_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))
# A try that a killed worker began is begun again after this; with the longest interval it stays under a minute.
ONE_TRY = timedelta(seconds=20)

# When the clock of the record is a little behind the server's, a step is not due yet for the one that was for the other.
A_BREATH = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ClockStart:
    """What a clock is started with: whom it watches, and how the notice's time follows from real time."""

    name: str
    clock: ClockSpec


class Patience:
    """The waiting of one clock. Pokes carry no data: they only say that the record has moved on."""

    def __init__(self, start: ClockStart) -> None:
        self._start = start
        self._poked = False
        self._woken_by: ClockView | None = None

    def poke(self) -> None:
        self._poked = True

    async def keep_watch(self, *, look: str, act: str, question: str) -> str:
        """Look, wait, and act when the time has come or look again when poked, until nothing is left; says so."""
        view = await self.ask(look, why=question)
        while not view.closed:
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._start)
            woken_for = await self.wait(view)
            if woken_for is None:
                view = await self.ask(look, why="The record has moved on: look again")
            else:
                view = await self.ask(act, woken_for=woken_for, why=view.says)
        return view.says

    async def ask(self, activity: str, *, woken_for: datetime | None = None, why: str) -> ClockView:
        """Ask the record. A poke that arrives from now on is answered by another look."""
        self._poked = False
        view: ClockView = await workflow.execute_activity(
            activity,
            Subject(self._start.name, woken_for),
            result_type=ClockView,
            start_to_close_timeout=ONE_TRY,
            retry_policy=ASKING_AGAIN,
            summary=why,
        )
        return view

    async def wait(self, view: ClockView) -> datetime | None:
        """Wait for the view's instant, which is returned, or for a poke, which gives None."""
        workflow.set_current_details(view.says)
        workflow.upsert_search_attributes(
            [NEXT_ACTION.value_set(view.next_at) if view.next_at else NEXT_ACTION.value_unset()]
        )
        try:
            await workflow.wait_condition(
                lambda: self._poked, timeout=self._until(view), timeout_summary=view.says
            )
        except TimeoutError:
            self._woken_by = view
            return view.next_at
        return None

    def _until(self, view: ClockView) -> timedelta | None:
        if view.next_at is None:
            return None
        clock = self._start.clock
        left = clock.real_duration(view.next_at - clock.domain_time(workflow.now()))
        return max(left, A_BREATH if view == self._woken_by else timedelta(0))
