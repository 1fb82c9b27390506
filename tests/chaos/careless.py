"""The control: the same engine with its protection off. Run as `python -m tests.chaos.careless`.

- A step is recorded as it was decided when the alarm was set, under a fresh command id: nobody looks again.
- A message is settled before it is handed over: whoever stops in between believes that it was sent.
"""

import os
import sys
from datetime import datetime
from uuid import uuid4

import forthwith.engine
import forthwith.world
from activities.delivery.dispatcher import Dispatcher
from domain.actor import ENGINE
from domain.case import Case
from domain.chasing.step import take_due_step
from domain.commands import TakeDueStep
from domain.events.kinds import from_data
from domain.identity import OccurrenceId
from domain.occurrence.fold import fold
from domain.ports import ClockView
from domain.record import ClaimedItem, Conflict
from ledger.chase import OfficeChase


class CarelessChase(OfficeChase):
    """Does what the timer was set for, whatever has been recorded since."""

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView:
        command = TakeDueStep(OccurrenceId.parse(occurrence))
        now = self.office.clock.now()
        drafts = take_due_step(await self._as_it_was(command, woken_for), command, ENGINE, now)
        while drafts:
            case = await self.office.case(command.occurrence)
            try:
                await self.office.ledger.append(self.office._act(command, case, drafts, ENGINE, now, uuid4()))
            except Conflict:
                continue
            break
        return await self.look_at_occurrence(occurrence)

    async def _as_it_was(self, command: TakeDueStep, woken_for: datetime) -> Case:
        events = await self.office.ledger.read_stream(command.occurrence.stream)
        before = [from_data(each.type, each.envelope.data) for each in events if each.recorded < woken_for]
        notice = await self.office.notice(command.occurrence.notice)
        return Case(notice, fold(before)) if before else await self.office.case(command.occurrence)


class CarelessDispatcher(Dispatcher):
    """Ticks a message off, and then sends it."""

    async def _see_through(self, item: ClaimedItem) -> None:
        await self._outbox.settle([item.id])
        await super()._see_through(item)


if __name__ == "__main__":
    forthwith.world.OfficeChase = CarelessChase
    forthwith.engine.Dispatcher = CarelessDispatcher
    code = forthwith.engine.main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
