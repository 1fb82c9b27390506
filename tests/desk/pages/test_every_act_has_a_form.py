"""Whatever the table lets somebody do at the desk has a form there: each act, from its page to what was recorded."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from desk.acts.every import ON_EVENT, ON_NOTICE, ON_OCCURRENCE
from desk.acts.form import ActForm
from desk.acts.place import Place, at_event, at_notice, at_occurrence
from desk.addresses import act_page
from desk.app import create_app
from desk.pages.registry import PAGES as ROUTERS
from desk.permission_table import ACTING, PAGES, act_of
from desk.ports import DeskPorts, Persona
from domain import commands as asked
from domain.actor import Actor
from domain.clock import SteppedClock
from domain.record import Recorded
from domain.time.calendar import load_calendar
from forthwith.demo.seeding import demo_notice
from forthwith.desk_ports import personas_of_book
from ledger.memory import MemoryLedger
from ledger.office import Office
from projections.casebook import Casebook
from tests.desk.pages.test_every_role_and_act import sit_down
from tests.domain.every_command import NOTICE, OPENED, Subject, every_command
from tests.domain.people import CASE_LEAD, MAY_REPORT, OFFICER
from tests.domain.specification import World, london

pytestmark = pytest.mark.slow

FORMS: Mapping[str, ActForm] = {**ON_NOTICE, **ON_OCCURRENCE, **ON_EVENT}
ISSUE = asked.IssueNotice(demo_notice(), load_calendar("england"), london(2016, 5, 19))
ISSUED = World().after(ISSUE, Actor("person", "department"), london(2016, 5, 19))
COMMANDS = {
    act_of(make(ISSUED)): (subject, make, actor) for subject, make, actor in every_command(ISSUE).values()
}
# A second answer to a question has the form of the first: yes or no to more time.
IN_THE_FORM_OF = {"refuse-extension": "grant-extension"}
# What has to have happened before, where the domain's own table of commands leaves that out.
BEFORE = {
    "restart-clock": (asked.StopClock(MAY_REPORT, OPENED.date(), "A flood."), CASE_LEAD),
    "withdraw-rung": (asked.EscalateTask(MAY_REPORT, "It is stuck."), OFFICER),
}


def test_every_act_of_the_table_is_sent_from_some_page() -> None:
    sent = {
        PAGES[route.path]
        for router in ROUTERS
        for route in router.routes
        if "POST" in getattr(route, "methods", ())
    }
    assert {act.name for act in ACTING} - sent - set(IN_THE_FORM_OF) == set()


def test_every_form_stands_in_the_table_under_its_own_name() -> None:
    for act in FORMS:
        assert [
            name for page, name in PAGES.items() if page.endswith(f"/{act}") and page.startswith("/acts/")
        ] == [act]


@dataclass
class Desk:
    """The desk over a record of its own, as one command finds it."""

    app: FastAPI
    ledger: MemoryLedger
    clock: SteppedClock
    office: Office
    book: Casebook

    async def begin(self, act: str, subject: Subject) -> None:
        self.clock.advance_to(OPENED)
        await self.office.handle(asked.OpenOccurrences(NOTICE))
        for command, actor in (*subject.opens, *((BEFORE[act],) if act in BEFORE else ())):
            await self.office.handle(command, actor)
        await self.book.catch_up()

    async def events(self) -> list[Recorded]:
        return list(await self.ledger.read(limit=100_000))

    async def seat(self, person: str) -> httpx2.AsyncClient:
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app), base_url="https://desk.example"
        )
        await sit_down(client, person)
        client.follow_redirects = True
        return client


@pytest.fixture
async def desk() -> Desk:
    clock, ledger = SteppedClock(london(2016, 5, 19)), MemoryLedger(simulated=True)
    office, book = Office(ledger, clock), Casebook(ledger)
    await office.handle(ISSUE)

    async def personas() -> tuple[Persona, ...]:
        return await personas_of_book(book, clock.now())

    async def ready() -> dict[str, bool]:
        return {}

    ports = DeskPorts(
        clock_now=clock.now,
        simulated=True,
        ready=ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example",),
        personas=personas,
        office=office,
        casebook=book,
    )
    return Desk(create_app(ports), ledger, clock, office, book)


def where(desk: Desk, form: ActForm, subject: Subject, command: Any, person: str) -> tuple[str, Place]:
    """The page of the act, and what it is about."""
    now = desk.clock.now()
    if form.act in ON_NOTICE:
        return act_page(NOTICE, form.act), at_notice(desk.book, NOTICE, person, now, seen_from(command))
    if form.act in ON_EVENT:
        index = desk.book.history(subject.name)[command.version - 1].index
        return act_page(f"{NOTICE}/events/{index}", form.act), at_event(desk.book, NOTICE, index, person, now)
    return act_page(subject.name, form.act), at_occurrence(desk.book, subject.name, person, now)


def seen_from(command: Any) -> dict[str, str]:
    """What the link says from which somebody comes."""
    return {"reading": command.interpretation.id} if isinstance(command, asked.ReviseInterpretation) else {}


def typed(form: ActForm, place: Place, command: Any) -> dict[str, str]:
    """What somebody types who wants just this."""
    words: dict[str, str] = {}
    for field in form.fields(place):
        words |= field.type_in(said(command, field.name))
    return words


def said(command: Any, name: str) -> Any:
    match command:
        case asked.RecordSuccession() if name in {"party", "name"}:
            return command.party.id if name == "party" else command.party.name
        case asked.ReviseInterpretation() if name == "reading":
            return command.interpretation.id
        case asked.ReviseInterpretation() if name in {"ruling", "basis"}:
            return getattr(command.interpretation, name)
        case asked.ReviseInterpretation() if "." in name:
            return command.obligations[0].due.n
    return getattr(command, name)


def hidden(page: str, name: str) -> str:
    return html.unescape(page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0])


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("act", sorted(FORMS))
async def test_an_act_is_asked_checked_and_recorded(desk: Desk, act: str) -> None:
    form = FORMS[act]
    subject, make, actor = COMMANDS[act]
    await desk.begin(act, subject)
    command = make(replace(ISSUED, notice=desk.book.notice(NOTICE)))
    page, place = where(desk, form, subject, command, actor.id)
    client = await desk.seat(actor.id)
    before = len(await desk.events())

    shown = await client.get(page, params=place.asked)
    assert shown.status_code == 200
    assert form.heading in words_of(shown.text)
    assert "This cannot be done now" not in shown.text
    sent = {name: hidden(shown.text, name) for name in ("form_token", "slip", "seen")}
    sent |= typed(form, place, command)

    if form.fields(place):
        nothing = await client.post(
            page, params=place.asked, data={k: sent[k] for k in ("form_token", "slip", "seen")}
        )
        assert nothing.status_code in {200, 422}
    checked = await client.post(page, params=place.asked, data=sent)
    assert checked.status_code == 200, words_of(checked.text)
    assert "What the record will say" in checked.text
    assert len(await desk.events()) == before

    confirmed = {**sent, "seen": hidden(checked.text, "seen"), "confirmed": "yes"}
    receipt = await client.post(page, params=place.asked, data=confirmed)
    events = (await desk.events())[before:]
    assert receipt.url.path == f"/receipts/{before + 1}", words_of(receipt.text)
    assert events[0].envelope.actor == actor
    told = words_of(receipt.text)
    assert events[0].leaf in told
    assert re.search(r"Receipt: (?!Recorded –).+? – Forthwith", told)

    again = await client.post(page, params=place.asked, data=confirmed)
    assert again.url.path == receipt.url.path
    assert len(await desk.events()) == before + len(events)
    await client.aclose()
