"""One mail a day for whoever wants it, and nothing that counts waits for it."""

from typing import Any

import pytest

from activities.delivery.holding import Holding
from domain.actor import Actor
from domain.commands import SubmitReport
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.ports import ChannelFault, Handover
from domain.record import LedgerUnreachable
from forthwith.mailbox.folder import CaughtMail
from tests.delivery.conftest import LINKS, NOTICE, REPORT, World
from tests.delivery.test_letters import must_read

JUNE = OccurrenceId(NOTICE, "monthly-report", "2016-06")
CHAIR, OFFICER = "clara-voss", "anna-reed"


def mails_to(world: World, person: str) -> list[CaughtMail]:
    return [each for each in world.catcher.messages() if person in each.to]


@pytest.fixture
async def two_reports_sent(notice_issued: World) -> World:
    """Friday 1 July 2016, 10:00: two reports have come, for the chair to accept, who wants one mail a day."""
    world = notice_issued
    await world.directory.set_digest(CHAIR, True, world.clock.now())
    for when in ("2016-06-01 09:00", "2016-07-01 10:00"):
        await world.go_to(when)
    for report in (REPORT, JUNE):
        command = SubmitReport(report, (SectionAnswered("data", "Forty-one plans were reviewed."),))
        await world.office.handle(command, Actor("person", OFFICER))
    return world


async def sent(world: World, report: OccurrenceId, **changes: Any) -> None:
    await world.dispatcher(holding=Holding(), **changes).dispatch_waiting()


async def test_what_a_day_brings_to_one_person_goes_out_in_one_mail(two_reports_sent: World) -> None:
    world, dispatcher = two_reports_sent, two_reports_sent.dispatcher(holding=Holding())
    await dispatcher.dispatch_waiting()
    assert (len(mails_to(world, OFFICER)), mails_to(world, CHAIR)) == (2, [])
    await world.go_to("2016-07-04 09:29")
    await dispatcher.dispatch_waiting()
    assert mails_to(world, CHAIR) == []
    await world.go_to("2016-07-04 09:30")
    await dispatcher.dispatch_waiting()
    [mail] = mails_to(world, CHAIR)
    must_read("30-one-mail-a-day", mail)
    assert [f"{LINKS}/tasks/{report}/owed" in mail.text for report in (REPORT, JUNE)] == [True, True]
    both = [await world.happened("message-sent.v1", report) for report in (REPORT, JUNE)]
    to_chair = [each for events in both for each in events if each["person"] == CHAIR]
    assert len(to_chair) == 2
    assert {each["message_id"] for each in to_chair} == {mail.message_id}
    assert await world.outbox.waiting("message") == 0


async def test_the_same_digest_goes_out_again_under_the_same_message_id(two_reports_sent: World) -> None:
    """It was handed over, and the process died before anything was recorded."""
    world = two_reports_sent
    await world.dispatcher(holding=Holding()).dispatch_waiting()
    await world.go_to("2016-07-04 09:30")
    office = DiesBeforeRecording(world.office)
    await world.dispatcher(holding=Holding(), office=office).dispatch_waiting()
    assert await world.outbox.waiting("message") == 2
    await world.go_to("2016-07-04 09:40")
    await world.dispatcher(holding=Holding()).dispatch_waiting()
    [mail] = mails_to(world, CHAIR)
    assert mail.times_received == 2
    assert await world.outbox.waiting("message") == 0


class DiesBeforeRecording:
    """`mail_handed_over_but_nothing_recorded`."""

    def __init__(self, office: Any) -> None:
        self.case = office.case

    async def handle(self, *asked: Any) -> None:
        raise LedgerUnreachable("The record could not be reached in time.")


async def test_a_digest_that_is_refused_for_good_is_undeliverable_in_every_part(
    two_reports_sent: World,
) -> None:
    world = two_reports_sent
    await world.dispatcher(holding=Holding()).dispatch_waiting()
    await world.go_to("2016-07-04 09:30")
    await world.dispatcher(holding=Holding(), channel=Refusing()).dispatch_waiting()
    for report in (REPORT, JUNE):
        lost, *reports_of_it = await world.happened("message-undeliverable.v1", report)
        assert all("undelivered-1" in each["message"] for each in reports_of_it)
        assert (lost["person"], lost["fault"]) == (CHAIR, "550 No such user")


class Refusing:
    name = "refusing"

    async def hand_over(self, letter: object, address: str) -> Handover:
        raise ChannelFault("550 No such user", lasting=True)


async def test_an_overdue_notice_is_in_the_digest_of_its_own_morning(notice_issued: World) -> None:
    """The ladder speaks at 09:00 and the digest goes out at 09:30: the rung above waits for nobody."""
    world = notice_issued
    for person in (OFFICER, "ben-okafor"):
        await world.directory.set_digest(person, True, world.clock.now())
    dispatcher = world.dispatcher(holding=Holding())
    await world.go_to("2016-06-15 09:00")
    await world.take_step()
    await dispatcher.dispatch_waiting()
    assert mails_to(world, OFFICER) == []
    await world.go_to("2016-06-15 09:30")
    await dispatcher.dispatch_waiting()
    [mail] = mails_to(world, OFFICER)
    assert mail.subject.startswith("Overdue")


async def test_nothing_waits_past_the_instant_at_which_it_is_due(notice_issued: World) -> None:
    """A reminder on the last day is worth nothing the day after."""
    world = notice_issued
    await world.directory.set_digest(OFFICER, True, world.clock.now())
    await world.go_to("2016-06-14 10:00")  # the interrupted engine reminds on the very day on which it is due
    await world.take_step()
    await world.dispatcher(holding=Holding()).dispatch_waiting()
    assert len(mails_to(world, OFFICER)) == 1
