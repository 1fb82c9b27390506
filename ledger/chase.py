"""The chase as the clocks see it, kept by the office on the ledger."""

from datetime import datetime

from domain.case import Case
from domain.chasing.outlook import Outlook, look
from domain.commands import OpenOccurrences, TakeDueStep
from domain.identity import OccurrenceId
from domain.notice.keeping import next_opening
from domain.ports import ClockView
from domain.time.zones import to_local
from ledger.office import Office


class OfficeChase:
    """Looks at the record and takes steps in it; a step that is not due, or was taken already, is not taken."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def look_at_occurrence(self, occurrence: str) -> ClockView:
        case = await self.office.case(OccurrenceId.parse(occurrence))
        return _view(case, look(case, self.office.clock.now()))

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView:  # noqa: ARG002 - the office asks its own clock
        await self.office.handle(TakeDueStep(OccurrenceId.parse(occurrence)))
        return await self.look_at_occurrence(occurrence)

    async def look_at_notice(self, notice: str) -> ClockView:
        state = await self.office.notice(notice)
        opens = next_opening(state, await self.office.opened(notice))
        title = state.terms.title
        if opens is None:
            return ClockView(True, None, "Everything that the notice calls for has opened.", title)
        local = to_local(opens, state.terms.zone)
        return ClockView(False, opens, f"Opens what falls due next, on {local:%-d %B %Y}", title)

    async def open_occurrences(self, notice: str, woken_for: datetime) -> ClockView:  # noqa: ARG002 - as above
        await self.office.handle(OpenOccurrences(notice))
        return await self.look_at_notice(notice)


def _view(case: Case, outlook: Outlook) -> ClockView:
    title = case.occurrence.facts.title
    return ClockView(outlook.closed, outlook.next_at, _says(case, outlook), title)


def _says(case: Case, outlook: Outlook) -> str:
    title = case.occurrence.facts.title
    if outlook.closed:
        return f"{title}: nothing is left to chase."
    if outlook.step is None or outlook.next_at is None:
        return f"{title}: waits {outlook.waiting}."
    local = to_local(outlook.next_at, case.notice.terms.zone)
    return f"{title}: {outlook.step.raised.rung.in_words} on {local:%-d %B %Y at %H:%M}"
