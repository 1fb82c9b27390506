"""Which clocks should live, from the record alone."""

from collections.abc import Sequence
from datetime import datetime

from domain.chasing.outlook import Outlook, look
from domain.clock import Clock
from domain.identity import notice_stream
from domain.notice.keeping import next_opening
from domain.occurrence.state import Occurrence
from domain.ports import OpenClock
from projections.casebook import Casebook


class CasebookClocks:
    """Every notice that still has something to open, and every occurrence that still has something to chase."""

    def __init__(self, casebook: Casebook, clock: Clock) -> None:
        self._casebook = casebook
        self._clock = clock

    async def open_clocks(self) -> Sequence[OpenClock]:
        await self._casebook.catch_up()
        found = []
        for notice in self._casebook.notices():
            occurrences = self._casebook.occurrences(notice.terms.id)
            opens = next_opening(notice, {each.id: each for each in occurrences})
            if opens is not None:
                found.append(
                    OpenClock(
                        notice_stream(notice.terms.id),
                        notice.version,
                        opens,
                        f"{notice.terms.title}: opens the next",
                    )
                )
            found.extend(filter(None, (self._occurrence(each) for each in occurrences)))
        return found

    def _occurrence(self, occurrence: Occurrence) -> OpenClock | None:
        case, now = self._casebook.case(occurrence.id), self._clock.now()
        outlook = look(case, now)
        if outlook.closed:
            return None
        step = outlook.step.raised.rung.in_words if outlook.step else f"waits {outlook.waiting}"
        return OpenClock(
            case.occurrence.id.stream,
            case.occurrence.version,
            _since(outlook, now),
            f"{case.occurrence.facts.title}: {step}",
        )


def _since(outlook: Outlook, now: datetime) -> datetime | None:
    """When the next step falls; for one that may be taken now, since when it has been waiting to be taken."""
    if outlook.step is None or outlook.next_at is None or outlook.next_at > now:
        return outlook.next_at
    return outlook.step.planned_at
