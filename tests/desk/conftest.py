"""A desk with invented people, spoken to in memory or served on loopback for a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx2
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Form, HTTPException
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from playwright.async_api import Browser, async_playwright
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from desk import render as rendering
from desk.app import create_app
from desk.pages.registry import PAGES
from desk.permission_table import PAGES as PAGES_OF_THE_TABLE
from desk.permission_table import PUBLIC
from desk.ports import DeskPorts, Persona, UnavailableError
from desk.render import render
from desk.sessions import MemorySessions, visit_of
from desk.signing_in import SignedIn
from domain.clock import LiveClock
from ledger.feeds import MemoryFeeds
from ledger.memory import MemoryLedger
from ledger.office import Office
from projections.casebook import Casebook
from tests.desk.browsing import ARGUMENTS, CHROMIUM

PEOPLE = (
    Persona("rowan", "Rowan Ashworth", ("Improvement officer",), "Example County Council"),
    Persona("imogen", "Imogen Farrow", ("Director of children's services",), "Example County Council"),
    Persona("delroy", "Delroy Okafor", ("Independent chair",), "Improvement board"),
    Persona("hester", "Hester Quill", ("Adviser",), "Improvement board"),
    Persona("piers", "Piers Lindqvist", ("Case lead", "Notice administrator"), "Department for Education"),
)
AUTUMN_2016 = datetime(2016, 10, 21, 8, 30, tzinfo=UTC)


@dataclass
class Backstage:
    """What a test may change behind the desk while it stands."""

    people: tuple[Persona, ...] = PEOPLE
    reachable: bool = True
    seconds: float = 0.0

    async def personas(self) -> tuple[Persona, ...]:
        if not self.reachable:
            raise UnavailableError("the record does not answer")
        return self.people

    async def ready(self) -> dict[str, bool]:
        return {"record": self.reachable, "clock": True}


@pytest.fixture
def backstage() -> Backstage:
    return Backstage()


@pytest.fixture
def empty_record() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def ports(backstage: Backstage, empty_record: MemoryLedger) -> DeskPorts:
    return DeskPorts(
        clock_now=lambda: AUTUMN_2016,
        simulated=True,
        ready=backstage.ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example", "127.0.0.1", "localhost"),
        personas=backstage.personas,
        office=Office(empty_record, LiveClock()),
        casebook=Casebook(empty_record),
        feeds=MemoryFeeds(),
    )


@pytest.fixture
def extra_pages(monkeypatch: pytest.MonkeyPatch) -> APIRouter:
    """Pages the tests need beside the real ones: one for signed-in people, a form, and three that fail."""
    router = APIRouter()
    for path in ("/papers", "/gallery", "/crash", "/unreachable", "/forbidden", "/answer/{status}"):
        monkeypatch.setitem(PAGES_OF_THE_TABLE, path, PUBLIC)

    @router.get("/papers")
    async def papers(persona: SignedIn) -> Response:
        return PlainTextResponse(f"papers of {persona.name}")

    @router.post("/papers")
    async def file_paper(request: Request, persona: SignedIn, pages: Annotated[int, Form()]) -> Response:
        await visit_of(request).flash(f"{pages} pages filed.")
        return RedirectResponse("/gallery", 303)

    @router.get("/gallery")
    async def gallery(request: Request, persona: SignedIn) -> Response:
        as_of = "as it stood on 1 September 2016" if "as_at" in request.query_params else None
        return await render(request, "gallery.html", as_of=as_of)

    @router.get("/crash")
    async def crash() -> Response:
        raise RuntimeError("a fault with a private detail in it")

    @router.get("/unreachable")
    async def unreachable() -> Response:
        raise UnavailableError("the record does not answer")

    @router.get("/forbidden")
    async def forbidden() -> Response:
        raise HTTPException(403, "Only the chair may accept a report.")

    @router.get("/answer/{status}")
    @router.post("/answer/{status}")
    async def answer(status: int) -> Response:
        raise HTTPException(status)

    return router


@pytest.fixture(scope="session")
def gallery_beside_the_desk() -> ChoiceLoader:
    """One for all tests: Jinja compiles every template anew for each loader that it has not seen."""
    own = FileSystemLoader(Path(__file__).parent / "templates")
    return ChoiceLoader([rendering.environment().loader, own])  # type: ignore[list-item]


@pytest.fixture
def with_gallery(monkeypatch: pytest.MonkeyPatch, gallery_beside_the_desk: ChoiceLoader) -> Environment:
    """The desk's templates and, beside them, the test page that shows every component."""
    environment = rendering.environment()
    monkeypatch.setattr(environment, "loader", gallery_beside_the_desk)
    return environment


@pytest.fixture
def app(ports: DeskPorts, backstage: Backstage, extra_pages: APIRouter, with_gallery: Environment) -> FastAPI:
    sessions = MemorySessions(now=lambda: backstage.seconds)
    return create_app(ports, pages=(*PAGES, extra_pages), sessions=sessions)


@pytest.fixture
def live_app(ports: DeskPorts) -> FastAPI:
    """A desk where the clock is real, and so are the people."""
    return create_app(replace(ports, simulated=False))


Visitor = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def visitor(app: FastAPI) -> AsyncIterator[Visitor]:
    """Opens a browser-like client at an address; each has its own cookies."""
    opened: list[httpx2.AsyncClient] = []

    def open_at(url: str = "https://desk.example", site: FastAPI = app, **headers: str) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=site)
        client = httpx2.AsyncClient(transport=transport, base_url=url, headers=headers)
        opened.append(client)
        return client

    yield open_at
    for client in opened:
        await client.aclose()


SignIn = Callable[..., Awaitable[httpx2.Response]]


@pytest.fixture
def token_on() -> Callable[[str], str]:
    """The form token found on a page."""

    def find(page: str) -> str:
        return page.split('name="form_token" value="')[1].split('"', maxsplit=1)[0]

    return find


@pytest.fixture
def sign_in(token_on: Callable[[str], str]) -> SignIn:
    async def as_persona(
        client: httpx2.AsyncClient, persona: str = "rowan", **fields: str
    ) -> httpx2.Response:
        page = await client.get("/sign-in")
        return await client.post(
            "/sign-in", data={"form_token": token_on(page.text), "persona": persona, **fields}
        )

    return as_persona


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    """The desk on a loopback port, in a thread of its own; gives its address."""
    listener = loopback_listener()
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


def loopback_listener() -> socket.socket:
    for port in range(21700, 21800):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            listener.close()
        else:
            return listener
    raise RuntimeError("No free loopback port between 21700 and 21799.")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()
