"""A decision rests on what it looked at, and on no more: what opens next does not wait for everything else to stand still."""

import pytest

from domain.actor import Actor
from domain.clock import SteppedClock
from domain.commands import AcknowledgeTask, IssueNotice, LiftNotice, OpenOccurrences
from domain.identity import OccurrenceId
from domain.record import Append, Conflict, Receipt
from domain.time.calendar import load_calendar
from ledger.memory import MemoryLedger
from ledger.office import Office
from tests.domain.specification import london
from tests.lives import the_notice

NOTICE = "lancashire-2016"
MAY = OccurrenceId(NOTICE, "monthly-report", "2016-05")
OFFICER, LEAD = Actor("person", "priya-nandra"), Actor("person", "imogen-hartley")


class Busy(MemoryLedger):
    """Between a decision and its being recorded, somebody else acts, as often as `others` says."""

    def __init__(self) -> None:
        super().__init__(simulated=True)
        self.others: list = []
        self.conflicts = 0

    async def append(self, act: Append) -> Receipt:
        if self.others:
            await self.others.pop()()
        try:
            return await super().append(act)
        except Conflict:
            self.conflicts += 1
            raise


@pytest.fixture
async def ledger() -> Busy:
    return Busy()


@pytest.fixture
async def clock() -> SteppedClock:
    return SteppedClock(london(2016, 5, 19))


@pytest.fixture
async def office(ledger: Busy, clock: SteppedClock) -> Office:
    terms = the_notice()
    office = Office(ledger, clock)
    await office.handle(IssueNotice(terms, load_calendar("england"), clock.now()), LEAD)
    clock.advance_to(london(2016, 6, 1, 0))
    await office.handle(OpenOccurrences(NOTICE))
    return office


def acknowledging(office: Office):
    async def act() -> None:
        await office.handle(AcknowledgeTask(MAY), OFFICER)

    return act


async def test_opening_does_not_wait_for_an_occurrence_to_stand_still(
    office: Office, ledger: Busy, clock: SteppedClock
) -> None:
    clock.advance_to(london(2016, 7, 1, 0))
    ledger.others.append(acknowledging(office))
    handled = await office.handle(OpenOccurrences(NOTICE))
    assert len(handled.events) >= 4
    assert ledger.conflicts == 0


async def test_lifting_is_decided_again_when_what_it_withdraws_has_moved_on(
    office: Office, ledger: Busy, clock: SteppedClock
) -> None:
    clock.advance_to(london(2016, 6, 2))
    ledger.others.append(acknowledging(office))
    day = clock.now().date()
    await office.handle(LiftNotice(NOTICE, "All is well.", day, day), LEAD)
    assert ledger.conflicts == 1
    assert (await office.case(MAY)).occurrence.withdrawn is not None


async def test_nothing_opens_twice_when_two_open_at_once(
    office: Office, ledger: Busy, clock: SteppedClock
) -> None:
    clock.advance_to(london(2016, 7, 1, 0))

    async def another() -> None:
        await office.handle(OpenOccurrences(NOTICE))

    ledger.others.append(another)
    handled = await office.handle(OpenOccurrences(NOTICE))
    assert handled.receipt is not None
    assert handled.receipt.repeated
    opened = [each.stream for each in await ledger.read() if each.type == "occurrence-opened.v1"]
    assert len(opened) == len(set(opened))
