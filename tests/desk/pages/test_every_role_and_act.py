"""Each role, each act, under a notice of its own and under a foreign one: what the published page says, the desk does.

The cases are made from the table, and what to expect is read from `docs/permissions.md`. The whole desk stands over a
record in memory with two notices; where an act has a page, that page is asked.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx2
import pytest
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.access_in_memory import MemoryAccesses
from desk.acts.every import ON_EVENT, ON_NOTICE, ON_OCCURRENCE
from desk.app import create_app
from desk.pages.registry import PAGES as ROUTERS
from desk.permission_table import ACTS, PAGES
from desk.permissions import require
from desk.ports import DeskPorts, Persona
from domain.access import AccessesWanted, InTheNameOf, NotedAccess
from domain.clock import SteppedClock
from domain.commands import IssueNotice, OpenOccurrences
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from forthwith.desk_ports import OF_THE_SERVICE, personas_of_book
from forthwith.notice_files.reading import read_notice
from ledger.memory import MemoryLedger
from ledger.office import Office
from projections.casebook import Casebook
from tests.desk.permissions_page import PEOPLE, expectations
from tests.domain.specification import london

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

pytestmark = pytest.mark.slow

NOTICES = Path(__file__).parents[3] / "notices"
OWN, FOREIGN = "lancashire-2016", "elsewhere-2016"
PROBE = "/asked/{act}/{about}"
TODAY = date(2016, 7, 4)
EXPECTED = expectations()
# Acts whose own page can be asked about anything; the others are asked of the guard through a page of the test's.
TASK = "/tasks/{notice}/{obligation}/{period}/owed"
ASKED = {
    "read-notice": "/notice/{notice}",
    "read-occurrence": "/notice/{notice}/occurrences/{obligation}/{period}",
    "read-task": TASK,
    "read-history": "/history/{notice}",
    "read-event": "/events/{index}",
    "acknowledge-task": f"{TASK}/acknowledge",
    "accept-report": f"{TASK}/accept",
    "record-review-held": f"{TASK}/review",
    "record-assessment": f"{TASK}/assess",
    **{act: f"/acts/{{notice}}/{act}" for act in ON_NOTICE},
    **{act: f"/acts/{{notice}}/{{obligation}}/{{period}}/{act}" for act in ON_OCCURRENCE},
    **{act: f"/acts/{{notice}}/events/{{index}}/{act}" for act in ON_EVENT},
}
TURNED_AWAY = {403, 404}


@dataclass
class Desk:
    """The desk, somebody of each role at it, and what the access log has."""

    clients: dict[str, httpx2.AsyncClient]
    people: dict[str, str]
    book: Casebook
    accesses: MemoryAccesses
    tokens: dict[str, str] = field(default_factory=dict)

    async def asks(self, who: str, act: str, notice: str) -> int:
        method, path = self._page(act, notice)
        client = self.clients[who]
        if method == "GET":
            return (await client.get(path)).status_code
        return (await client.post(path, data={"form_token": self.tokens[who], "slip": act})).status_code

    async def newest(self) -> NotedAccess | None:
        return next(iter(await self.accesses.newest(AccessesWanted(limit=1), THE_AUDITOR)), None)

    def _page(self, act: str, notice: str) -> tuple[str, str]:
        page = ASKED.get(act)
        if page is None:
            return "GET", PROBE.format(act=act, about=notice)
        about = self.book.occurrences(notice)[0].id
        places = {
            "notice": notice,
            "obligation": about.obligation,
            "period": about.period,
            "index": self.book.history(notice)[0].index,
        }
        return "GET" if act.startswith("read-") else "POST", page.format(**places)


@pytest.fixture(scope="module")
async def desk() -> AsyncIterator[Desk]:
    terms = read_notice(NOTICES / "lancashire-2016.yaml")
    clock = SteppedClock(london(2016, 5, 19))
    ledger = MemoryLedger(simulated=True)
    office, book, accesses = Office(ledger, clock), Casebook(ledger), MemoryAccesses()
    for each in (terms, elsewhere(terms)):
        await office.handle(IssueNotice(each, load_calendar("england"), clock.now()))
    clock.advance_to(london(2016, 7, 4, 10))
    for notice in (OWN, FOREIGN):
        await office.handle(OpenOccurrences(notice))
    await book.catch_up()

    async def personas() -> tuple[Persona, ...]:
        return (*await personas_of_book(book, clock.now()), *OF_THE_SERVICE)

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
        accesses=accesses,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PAGES, PROBE, "read-own-tasks")
        found = Desk({}, {}, book, accesses)
        transport = httpx2.ASGITransport(app=create_app(ports, pages=(*ROUTERS, probe())))
        for who, (role, *_) in PEOPLE.items():
            client = httpx2.AsyncClient(transport=transport, base_url="https://desk.example")
            person = await _somebody(personas, book.notice(OWN).holders(role, TODAY), role)
            await sit_down(client, person)
            found.people[who] = person
            found.clients[who], found.tokens[who] = client, token_on((await client.get("/tasks")).text)
        yield found
        for client in found.clients.values():
            await client.aclose()


def elsewhere(terms: NoticeFile) -> NoticeFile:
    """The same notice to another council: the same roles, held by other people."""
    people = [each.model_copy(update={"id": f"{each.id}-elsewhere"}) for each in terms.people]
    held = [each.model_copy(update={"person": f"{each.person}-elsewhere"}) for each in terms.appointments]
    header = terms.notice.model_copy(update={"id": FOREIGN})
    return terms.model_copy(update={"notice": header, "people": tuple(people), "appointments": tuple(held)})


def probe() -> APIRouter:
    """A page that asks for nothing but the act itself, for acts whose own page stands elsewhere."""
    router = APIRouter()

    @router.get(PROBE)
    async def asked(request: Request, act: str, about: str) -> Response:
        require(request, act, about)
        return Response(status_code=204)

    return router


async def _somebody(
    personas: Callable[[], Awaitable[tuple[Persona, ...]]], holders: tuple[str, ...], duty: str
) -> str:
    return next(each.id for each in await personas() if each.id in holders or duty in each.desk_roles)


async def sit_down(client: httpx2.AsyncClient, person: str) -> None:
    token = token_on((await client.get("/sign-in")).text)
    answer = await client.post("/sign-in", data={"form_token": token, "persona": person})
    assert answer.status_code == 303


def token_on(page: str) -> str:
    return page.split('name="form_token" value="')[1].split('"', maxsplit=1)[0]


@pytest.mark.parametrize("whose", ["own", "foreign"])
@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", list(PEOPLE))
async def test_the_desk_does_what_the_page_of_permissions_says(
    desk: Desk, who: str, act: str, whose: str
) -> None:
    status = await desk.asks(who, act, OWN if whose == "own" else FOREIGN)
    noted = await desk.newest()
    foreign = who == "Operator" or (whose == "foreign" and who != "Auditor")
    if foreign:
        assert status == 404
    elif EXPECTED[who, act]:
        assert status not in TURNED_AWAY
        return
    else:
        assert status == 403
    assert noted is not None
    access = noted.access
    assert (access.kind, access.act) == ("hidden" if foreign else "refused", act)
    assert access.person == desk.people[who]


@pytest.mark.parametrize("page", ["/notice", "/history"])
async def test_a_foreign_notice_is_in_no_list(desk: Desk, page: str) -> None:
    for who, client in desk.clients.items():
        answer = await client.get(page, follow_redirects=True)
        assert answer.status_code == 200
        assert (FOREIGN in answer.text) is (who == "Auditor")
        assert (OWN in answer.text) is (who != "Operator")


async def test_a_foreign_notice_is_answered_like_one_that_is_not_there(desk: Desk) -> None:
    director = desk.clients["Director"]
    for page in ("/notice/{}", "/history/{}", "/notice/{}/occurrences/monthly-report/2016-05"):
        foreign, none = [await director.get(page.format(each)) for each in (FOREIGN, "elsewhere-2017")]
        assert foreign.status_code == none.status_code == 404
        assert _without_nonces(foreign.text) == _without_nonces(none.text)


async def test_no_event_of_a_foreign_notice_is_opened_by_its_number(desk: Desk) -> None:
    director, auditor = desk.clients["Director"], desk.clients["Auditor"]
    events = desk.book.history(FOREIGN)
    assert len(events) > 100
    for entry in events[::10]:
        assert (await director.get(f"/events/{entry.index}")).status_code == 404
        assert (await auditor.get(f"/events/{entry.index}")).status_code == 200


def _without_nonces(page: str) -> str:
    return re.sub(
        r'nonce="[^"]+"|value="[^"]+"|[0-9A-F]{4}-[0-9A-F]{4}|/(notice|history)/elsewhere-\d+', "", page
    )


@pytest.mark.parametrize("page", ["/audit", "/notice", "/history", "/portfolio", "/escalations", "/access"])
async def test_the_auditor_opens_what_is_above_all_notices(desk: Desk, page: str) -> None:
    answer = await desk.clients["Auditor"].get(page, follow_redirects=True)
    assert answer.status_code == 200


def test_there_is_something_to_expect_of_every_role_and_act() -> None:
    assert set(EXPECTED) == {(who, act) for who in PEOPLE for act in ACTS}
