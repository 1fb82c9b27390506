"""The rehearsal by the domain alone: what is due next, from one instant to the next."""

from collections.abc import Callable
from datetime import datetime

from domain.identity import notice_stream
from domain.ports import ClockView
from forthwith.rehearsal.script import Interruption
from forthwith.rehearsal.stage import RehearsedChase, Stage


class PureEngine:
    """Keeps, for each clock, when it would wake; wakes the earliest; people act first at any one instant.

    With `until` it stops before the first instant after that.
    """

    def __init__(
        self, stage: Stage, on_progress: Callable[[datetime], None], until: datetime | None = None
    ) -> None:
        self.stage = stage
        self.until = until
        self.chase = RehearsedChase(stage)
        self.acts = list(stage.script.acts)
        self.outages = list(stage.script.outages)
        self.wakes: dict[str, ClockView] = {}
        self.on_progress = on_progress

    async def run(self) -> None:
        await self._look(notice_stream(self.stage.notice.terms.id))
        while (instant := self._next_instant()) is not None and (self.until is None or instant <= self.until):
            if await self._interrupted(instant):
                continue
            self.on_progress(instant)
            if self.acts and self.acts[0].at == instant:
                await self.stage.perform(self.acts.pop(0))
            else:
                await self._wake(self._clocks_at(instant)[0], instant)
            for stream in await self.stage.poked():
                await self._look(stream)

    def _next_instant(self) -> datetime | None:
        instants = [view.next_at for view in self.wakes.values() if view.next_at]
        instants.extend(act.at for act in self.acts[:1])
        return max(min(instants), self.stage.clock.now()) if instants else None

    def _clocks_at(self, instant: datetime) -> list[str]:
        return sorted(
            stream for stream, view in self.wakes.items() if view.next_at and view.next_at <= instant
        )

    async def _interrupted(self, instant: datetime) -> bool:
        """Nothing happens during an outage; when it ends, every clock looks afresh."""
        outage: Interruption | None = self.outages[0] if self.outages else None
        if outage is None or instant < outage.start:
            return False
        self.outages.pop(0)
        self.stage.clock.advance_to(outage.end)
        for stream in sorted(self.wakes):
            await self._look(stream)
        return True

    async def _wake(self, stream: str, instant: datetime) -> None:
        kind, name = stream.split("/", 1)
        step = self.chase.take_step if kind == "occ" else self.chase.open_occurrences
        self._remember(stream, await step(name, instant))

    async def _look(self, stream: str) -> None:
        kind, name = stream.split("/", 1)
        look = self.chase.look_at_occurrence if kind == "occ" else self.chase.look_at_notice
        self._remember(stream, await look(name))

    def _remember(self, stream: str, view: ClockView) -> None:
        if view.closed:
            self.wakes.pop(stream, None)
        else:
            self.wakes[stream] = view
