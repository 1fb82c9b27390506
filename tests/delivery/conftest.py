"""A world in memory with a real mail server: the notice is issued, and time moves only when it is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from activities.delivery.dispatcher import Dispatcher
from activities.delivery.smtp import SmtpChannel
from domain.actor import Actor
from domain.chasing.outlook import look
from domain.clock import SteppedClock
from domain.commands import Command, IssueNotice, OpenOccurrences, SubmitReport, TakeDueStep
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.notice.schedule import expected
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from forthwith.mailbox.catcher import MailCatcher
from ledger.memory import MemoryDirectory, MemoryLedger, MemoryOutbox
from ledger.office import Office

NOTICE = "northshire-2016"
REPORT = OccurrenceId(NOTICE, "monthly-report", "2016-05")
SENDER = "Forthwith <forthwith@example.org>"
LINKS = "https://forthwith.example.org"


def local(text: str) -> datetime:
    """`2016-06-15 09:00` in London."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


def notice_file() -> NoticeFile:
    return NoticeFile.model_validate(
        yaml.safe_load(Path(__file__).with_name("northshire.yaml").read_text(encoding="utf-8"))
    )


@dataclass
class World:
    """What a test speaks to."""

    clock: SteppedClock
    ledger: MemoryLedger
    office: Office
    outbox: MemoryOutbox
    directory: MemoryDirectory
    catcher: MailCatcher

    def channel(self) -> SmtpChannel:
        return SmtpChannel(self.catcher.host, self.catcher.port, SENDER)

    def dispatcher(self, **changes: Any) -> Dispatcher:
        parts = {"office": self.office, "channel": self.channel(), **changes}
        return Dispatcher(
            outbox=self.outbox, directory=self.directory, base_url=LINKS, clock=self.clock, **parts
        )

    async def issue(self, terms: NoticeFile) -> None:
        await self.office.handle(
            IssueNotice(terms, load_calendar("england"), self.clock.now()), Actor("person", "dev-patel")
        )

    async def go_to(self, when: str) -> None:
        """Let the time pass and open what opens by then; nobody chases anything yet."""
        self.clock.advance_to(local(when))
        await self.office.handle(OpenOccurrences(NOTICE))

    async def open_when_due(self, occurrence: OccurrenceId) -> None:
        """Let the time pass until one occurrence opens."""
        notice = await self.office.notice(occurrence.notice)
        [expected_one] = [each for each in expected(notice) if each.id == occurrence]
        self.clock.advance_to(expected_one.opens)
        await self.office.handle(OpenOccurrences(occurrence.notice))

    async def take_step(self, occurrence: OccurrenceId = REPORT) -> None:
        await self.office.handle(TakeDueStep(occurrence))

    async def chase_until(self, when: str, occurrence: OccurrenceId = REPORT) -> None:
        """Take every step at its time and send what it calls for."""
        end = local(when)
        while (at := look(await self.office.case(occurrence), self.clock.now()).next_at) and at <= end:
            self.clock.advance_to(at)
            await self.take_step(occurrence)
            await self.dispatcher().dispatch_waiting()
        self.clock.advance_to(end)

    async def submit_report(self) -> None:
        command: Command = SubmitReport(REPORT, (SectionAnswered("data", "Forty-one plans were reviewed."),))
        await self.office.handle(command, Actor("person", "anna-reed"))

    async def happened(self, topic: str, occurrence: OccurrenceId = REPORT) -> list[dict[str, Any]]:
        """The words of all events of one kind, in order."""
        events = await self.ledger.read_stream(occurrence.stream)
        return [event.envelope.data for event in events if event.type == topic]


@pytest.fixture
async def catcher(tmp_path: Path) -> AsyncIterator[MailCatcher]:
    async with MailCatcher(tmp_path / "mailbox") as catcher:
        yield catcher


@pytest.fixture
async def nothing_issued(catcher: MailCatcher) -> World:
    """19 May 2016, 09:00: an empty record and an empty mailbox."""
    clock = SteppedClock(local("2016-05-19 09:00"))
    ledger = MemoryLedger(simulated=True, clock=clock)
    return World(clock, ledger, Office(ledger, clock), MemoryOutbox(ledger), MemoryDirectory(), catcher)


@pytest.fixture
async def notice_issued(nothing_issued: World) -> World:
    """19 May 2016, 09:00: the notice is in force, and everybody can be reached."""
    world, terms = nothing_issued, notice_file()
    for person in terms.people:
        await world.directory.set_address(person.id, f"{person.id}@example.org", world.clock.now())
    await world.issue(terms)
    return world


@pytest.fixture
async def report_overdue(notice_issued: World) -> World:
    """15 June 2016, 09:00: the overdue notice has been called for and not been sent; nothing else waits."""
    await notice_issued.go_to("2016-06-01 09:00")
    await notice_issued.chase_until("2016-06-14 09:00")
    await notice_issued.go_to("2016-06-15 09:00")
    await notice_issued.take_step()
    return notice_issued
