"""What the clocks do: look at the record, and take the step that is due. Each may be repeated without harm."""

from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from domain.ports import Chase, ClockView

LOOK_AT_OCCURRENCE = "look-at-occurrence"
TAKE_STEP = "take-step"
LOOK_AT_NOTICE = "look-at-notice"
OPEN_OCCURRENCES = "open-occurrences"


@dataclass(frozen=True, slots=True)
class Subject:
    """A notice or an occurrence, by its name, and the instant for which its clock woke."""

    name: str
    woken_for: datetime | None = None


class ChaseActivities:
    """The activities, over whatever keeps the record."""

    def __init__(self, chase: Chase) -> None:
        self._chase = chase

    @activity.defn(name=LOOK_AT_OCCURRENCE)
    async def look_at_occurrence(self, subject: Subject) -> ClockView:
        return await self._chase.look_at_occurrence(subject.name)

    @activity.defn(name=TAKE_STEP)
    async def take_step(self, subject: Subject) -> ClockView:
        assert subject.woken_for is not None
        return await self._chase.take_step(subject.name, subject.woken_for)

    @activity.defn(name=LOOK_AT_NOTICE)
    async def look_at_notice(self, subject: Subject) -> ClockView:
        return await self._chase.look_at_notice(subject.name)

    @activity.defn(name=OPEN_OCCURRENCES)
    async def open_occurrences(self, subject: Subject) -> ClockView:
        assert subject.woken_for is not None
        return await self._chase.open_occurrences(subject.name, subject.woken_for)

    def all(self) -> list[object]:
        return [self.look_at_occurrence, self.take_step, self.look_at_notice, self.open_occurrences]
