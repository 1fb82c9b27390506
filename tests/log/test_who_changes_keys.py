"""The key of the log is changed by whoever may at the moment of recording, not at the moment of asking."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.actor import ENGINE, Actor
from domain.clock import SteppedClock
from domain.commands import EndAppointment, IssueNotice
from domain.events.of_the_record import LOG_KEYS
from domain.notice.log_keys import may_change_keys
from domain.notice.state import Notice
from domain.record import Append, Receipt
from domain.refusals import NoticeNotIssued, OnlyPeopleDecide, Refused
from domain.time.calendar import load_calendar
from ledger.log.keyring import Keyring, in_use
from ledger.log.rotating import rotate
from ledger.memory import MemoryLedger
from ledger.office import Office
from tests.lives import the_notice
from tests.log.conftest import ORIGIN

KEEPER, SUPERIOR = Actor("person", "imogen-hartley"), Actor("person", "david-achebe")
ISSUED, TODAY = datetime(2016, 5, 19, 8, tzinfo=UTC), datetime(2016, 6, 14, 12, tzinfo=UTC)
A_MONTH = timedelta(days=30)


class Busy(MemoryLedger):
    """A record to which somebody else writes just before the next act."""

    other: tuple[Office, EndAppointment] | None = None

    async def append(self, act: Append) -> Receipt:
        if self.other is not None:
            (office, command), self.other = self.other, None
            await office.handle(command, SUPERIOR)
        return await super().append(act)


@pytest.fixture
async def office() -> Office:
    clock = SteppedClock(ISSUED)
    office = Office(Busy(simulated=True), clock)
    terms = the_notice()
    await office.handle(IssueNotice(terms, load_calendar("england"), clock.now()), KEEPER)
    clock.advance_to(TODAY)
    return office


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    ring = Keyring(tmp_path, ORIGIN)
    ring.new()
    return ring


async def test_a_keeper_who_is_dismissed_at_that_very_moment_changes_no_key(
    office: Office, ring: Keyring
) -> None:
    (first,) = ring.signers()
    yesterday = TODAY.date() - timedelta(days=1)
    office.ledger.other = (
        office,
        EndAppointment("lancashire-2016", "case-lead", KEEPER.id, yesterday, "So."),
    )
    with pytest.raises(Refused, match="does not act as that today"):
        await rotate(office, ring, KEEPER, A_MONTH)
    assert await office.ledger.read_stream(LOG_KEYS) == []
    assert [each.key for each in in_use(ring.signers(), [], [first.key], TODAY)] == [first.key]


async def test_whatever_else_happens_to_the_notice_meanwhile_the_key_is_changed(
    office: Office, ring: Keyring
) -> None:
    ending = EndAppointment("lancashire-2016", "review-team", "callum-reyes", TODAY.date(), "So.")
    office.ledger.other = (office, ending)
    rotated = await rotate(office, ring, KEEPER, A_MONTH)
    (told,) = await office.ledger.read_stream(LOG_KEYS)
    assert told.envelope.data["key"] == str(rotated.key) == str(ring.public()[-1])


def test_no_system_changes_a_key_and_nobody_does_before_a_notice_is_issued() -> None:
    assert isinstance(may_change_keys([], ENGINE, TODAY), OnlyPeopleDecide)
    for notices in ([], [Notice()]):
        assert isinstance(may_change_keys(notices, KEEPER, TODAY), NoticeNotIssued)
