"""The desk over the demonstration's own past: the Lancashire notice on the morning of Friday 21 October 2016."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from activities.delivery.dispatcher import Dispatcher
from activities.delivery.smtp import SmtpChannel
from desk.app import create_app
from desk.ports import DeskPorts, Persona
from domain.clock import SteppedClock
from domain.identity import OccurrenceId
from domain.record import Append, Receipt
from domain.time.zones import at_local
from forthwith.demo.clock import OPENS_AT, ZONE
from forthwith.demo.seeding import demo_past
from forthwith.desk_ports import OF_THE_SERVICE, personas_of_book
from forthwith.evidence_room import LedgerEvidence
from forthwith.mailbox.catcher import MailCatcher
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.script import start_of
from forthwith.rehearsal.stage import issue_on_stage
from forthwith.settings import Settings
from ledger.feeds import MemoryFeeds
from ledger.memory import MemoryDirectory, MemoryLedger, MemoryOutbox
from ledger.office import Office
from projections.casebook import Casebook
from tests.desk.building_in_here import BuilderInHere
from tests.desk.pages.year import CutOffLedger, Seat, Send, Year
from tests.lives import the_notice

LARGEST_FILE = 3_000_000  # bytes; small, so that a file that is too large need not be


class RememberingLedger(MemoryLedger):
    """Keeps every act, so that the same past can be given to another ledger without living it again."""

    def __init__(self) -> None:
        super().__init__(simulated=True)
        self.acts: list[Append] = []

    async def append(self, act: Append) -> Receipt:
        self.acts.append(act)
        return await super().append(act)


@dataclass(frozen=True)
class Past:
    """What was recorded up to the morning on which the tests begin, and the letters that were caught."""

    acts: tuple[Append, ...]
    letters: Path


@pytest.fixture(scope="session")
async def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """The past of the demonstration, lived through once, with its letters sent and caught."""
    letters = tmp_path_factory.mktemp("past") / "mail"
    terms = the_notice()
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    ledger = RememberingLedger()
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    async with MailCatcher(letters) as catcher:
        dispatcher = await _dispatcher(catcher, office, outbox, clock)

        async def deliver() -> None:
            await dispatcher.dispatch_waiting()

        stage = await issue_on_stage(terms, demo_past(), office, outbox, clock, deliver)
        await PureEngine(stage, lambda _: None, until=_this_morning()).run()
    assert stage.refused == []
    return Past(tuple(ledger.acts), letters)


@pytest.fixture
async def catcher(past: Past, tmp_path: Path) -> AsyncIterator[MailCatcher]:
    shutil.copytree(past.letters, tmp_path / "mail")
    async with MailCatcher(tmp_path / "mail") as catcher:
        yield catcher


@pytest.fixture
async def year(past: Past, catcher: MailCatcher) -> Year:
    """A record of its own with the same past, and nothing left to be sent."""
    clock, ledger = SteppedClock(_this_morning()), CutOffLedger(simulated=True)
    for act in past.acts:
        await ledger.append(replace(act, outbox=()))
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    dispatcher = await _dispatcher(catcher, office, outbox, clock)

    async def deliver() -> None:
        await dispatcher.dispatch_waiting()

    return Year(ledger, clock, office, outbox, Casebook(ledger), deliver)


async def _dispatcher(
    catcher: MailCatcher, office: Office, outbox: MemoryOutbox, clock: SteppedClock
) -> Dispatcher:
    directory = MemoryDirectory()
    for person in the_notice().people:
        await directory.set_address(person.id, person.email or f"{person.id}@example.org", clock.now())
    channel = SmtpChannel(catcher.host, catcher.port, "Forthwith <chasing@forthwith.invalid>")
    return Dispatcher(office, outbox, directory, channel, "http://127.0.0.1:8000", clock)


def _this_morning() -> datetime:
    return at_local(OPENS_AT.date(), OPENS_AT.time(), ZONE)


@pytest.fixture
def ports(year: Year, catcher: MailCatcher, tmp_path: Path) -> DeskPorts:
    async def ready() -> dict[str, bool]:
        return {"record": True}

    async def personas() -> tuple[Persona, ...]:
        return (*await personas_of_book(year.casebook, year.clock.now()), *OF_THE_SERVICE)

    return DeskPorts(
        clock_now=year.clock.now,
        simulated=True,
        ready=ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example", "127.0.0.1", "localhost"),
        personas=personas,
        office=year.office,
        casebook=year.casebook,
        mailbox=catcher,
        feeds=MemoryFeeds(),
        builder=BuilderInHere(),
        evidence=LedgerEvidence(
            Settings(evidence=str(tmp_path / "evidence"), evidence_limit=LARGEST_FILE), year.office
        ),
    )


@pytest.fixture
def app(ports: DeskPorts) -> FastAPI:
    return create_app(ports)


@pytest.fixture
def seat(visitor: Callable[..., httpx2.AsyncClient], sign_in: Callable[..., Awaitable[object]]) -> Seat:
    """Somebody sits down at the desk."""

    async def sit_down(person: str) -> httpx2.AsyncClient:
        client = visitor()
        await sign_in(client, person)
        return client

    return sit_down


@pytest.fixture
def send(token_on: Callable[[str], str]) -> Send:
    """Open a page and send one of its forms, with the hidden fields that it carries."""

    async def fill_in(client: httpx2.AsyncClient, page: str, action: str, **fields: str) -> httpx2.Response:
        shown = (await client.get(page)).text
        hidden = {"form_token": token_on(shown)}
        for name in ("slip", "seen"):
            if f'name="{name}" value="' in shown:
                hidden[name] = shown.split(f'name="{name}" value="')[1].split('"')[0]
        return await client.post(action, data={**hidden, **fields}, follow_redirects=True)

    return fill_in


@pytest.fixture
def september() -> OccurrenceId:
    """The report that is critically overdue."""
    return OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
