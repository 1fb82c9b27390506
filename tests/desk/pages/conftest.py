"""The desk over the demonstration's own past: the Lancashire notice on the morning of Friday 21 October 2016."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import httpx2
import pytest
from fastapi import FastAPI

from desk.app import create_app
from desk.ports import DeskPorts, Persona
from domain.clock import SteppedClock
from domain.identity import OccurrenceId
from domain.record import Append, LedgerUnreachable, Receipt, Recorded
from domain.time.zones import at_local
from forthwith.demo.clock import OPENS_AT, ZONE
from forthwith.demo.seeding import demo_notice, demo_past
from forthwith.desk_ports import personas_of_book
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.script import start_of
from forthwith.rehearsal.stage import deliver_at_once, issue_on_stage
from ledger.memory import MemoryLedger, MemoryOutbox
from ledger.office import Office
from projections.casebook import Casebook

OFFICER, DIRECTOR, CHIEF_EXECUTIVE = "priya-nandra", "helen-marsh", "duncan-ashworth"
CHAIR, ADVISER, REVIEW_TEAM, CASE_LEAD = "margaret-oduya", "ruth-pemberton", "callum-reyes", "imogen-hartley"


class CutOffLedger(MemoryLedger):
    """A record in memory that can be cut off from the desk."""

    reachable = True

    async def append(self, act: Append) -> Receipt:
        self._must_be_reachable()
        return await super().append(act)

    async def read(self, after: int = 0, limit: int = 5000) -> Sequence[Recorded]:
        self._must_be_reachable()
        return await super().read(after, limit)

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        self._must_be_reachable()
        return await super().read_stream(stream, after)

    def _must_be_reachable(self) -> None:
        if not self.reachable:
            raise LedgerUnreachable("The database does not answer.")


@dataclass
class Year:
    """The world behind the desk: its record, its clock and its office."""

    ledger: CutOffLedger
    clock: SteppedClock
    office: Office
    outbox: MemoryOutbox
    casebook: Casebook

    async def until(self, instant: datetime) -> None:
        """Time passes, and nobody does anything but the engine."""
        self.clock.advance_to(instant)

    async def events(self) -> Sequence[Recorded]:
        return await self.ledger.read(limit=100_000)


@pytest.fixture
async def year() -> Year:
    """The past of the demonstration, lived through in memory."""
    terms = demo_notice()
    now = at_local(OPENS_AT.date(), OPENS_AT.time(), ZONE)
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    ledger = CutOffLedger(simulated=True)
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    stage = await issue_on_stage(
        terms, demo_past(), office, outbox, clock, lambda: deliver_at_once(office, outbox)
    )
    await PureEngine(stage, lambda _: None, until=now).run()
    assert stage.refused == []
    clock.advance_to(now)
    return Year(ledger, clock, office, outbox, Casebook(ledger))


@pytest.fixture
def ports(year: Year) -> DeskPorts:
    async def ready() -> dict[str, bool]:
        return {"record": True}

    async def personas() -> tuple[Persona, ...]:
        return await personas_of_book(year.casebook, year.clock.now())

    return DeskPorts(
        clock_now=year.clock.now,
        simulated=True,
        ready=ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example", "127.0.0.1", "localhost"),
        personas=personas,
        office=year.office,
        casebook=year.casebook,
    )


@pytest.fixture
def app(ports: DeskPorts) -> FastAPI:
    return create_app(ports)


Seat = Callable[[str], Awaitable[httpx2.AsyncClient]]


@pytest.fixture
def seat(visitor: Callable[..., httpx2.AsyncClient], sign_in: Callable[..., Awaitable[object]]) -> Seat:
    """Somebody sits down at the desk."""

    async def sit_down(person: str) -> httpx2.AsyncClient:
        client = visitor()
        await sign_in(client, person)
        return client

    return sit_down


Send = Callable[..., Awaitable[httpx2.Response]]


@pytest.fixture
def send(token_on: Callable[[str], str]) -> Send:
    """Open a page and send one of its forms, with the hidden fields that it carries."""

    async def fill_in(client: httpx2.AsyncClient, page: str, action: str, **fields: str) -> httpx2.Response:
        shown = (await client.get(page)).text
        hidden = {"form_token": token_on(shown)}
        if 'name="slip" value="' in shown:
            hidden["slip"] = shown.split('name="slip" value="')[1].split('"')[0]
        return await client.post(action, data={**hidden, **fields}, follow_redirects=True)

    return fill_in


SEPTEMBER = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")


@pytest.fixture
def september() -> OccurrenceId:
    """The report that is critically overdue."""
    return SEPTEMBER
