"""What is recorded is told as it happens, and a listener that comes back misses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from desk.api import stream
from desk.ports import DeskPorts
from domain.access import AccessesWanted, InTheNameOf
from domain.actor import Actor
from domain.commands import AcknowledgeTask, NoteVisit
from domain.identity import OccurrenceId
from ledger.tokens import MemoryTokens
from tests.desk.pages.api.conftest import NOTICE, Program
from tests.desk.pages.year import CASE_LEAD, OFFICER, Year

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

pytestmark = pytest.mark.slow


class Listener:
    """Reads an endless answer as it comes; the in-memory transport of the HTTP client waits for its end."""

    def __init__(self, app: FastAPI, secret: str, query: str = "", **headers: str) -> None:
        self._sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._left = asyncio.Event()
        named = {"host": "desk.example", "authorization": f"Bearer {secret}", **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": "/api/v1/events",
            "raw_path": b"/api/v1/events",
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
            "client": ("127.0.0.1", 1),
            "server": ("desk.example", 443),
        }
        self.served = asyncio.ensure_future(app(scope, self._receive, self._sent.put))

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def started(self) -> int:
        return int((await self._sent.get())["status"])

    async def frame(self) -> str:
        return bytes((await self._sent.get())["body"]).decode()

    async def event(self) -> dict[str, Any]:
        """The next event; heartbeats are passed over."""
        while not (text := await self.frame()).startswith("id:"):
            pass
        lines = dict(line.split(": ", 1) for line in text.strip().splitlines())
        return {"id": int(lines["id"]), "type": lines["event"], **orjson.loads(lines["data"])}

    async def leave(self) -> None:
        self._left.set()
        await self.served


@asynccontextmanager
async def listening(
    app: FastAPI, program: Program, query: str = "", **headers: str
) -> AsyncIterator[Listener]:
    client = await program(OFFICER, "read")
    secret = client.headers["authorization"].removeprefix("Bearer ")
    listener = Listener(app, secret, query, **headers)
    try:
        yield listener
    finally:
        await listener.leave()


async def note_a_visit(year: Year, visitor: str) -> int:
    visit = NoteVisit(NOTICE, visitor, year.clock.now().date(), "Monitoring")
    handled = await year.office.handle(visit, Actor("person", CASE_LEAD))
    assert handled.receipt is not None
    return handled.receipt.first_index


async def test_a_listener_hears_what_is_recorded_from_then_on(
    app: FastAPI, program: Program, year: Year
) -> None:
    async with listening(app, program) as listener:
        assert await listener.started() == 200
        assert (await listener.frame()).startswith("retry:")
        index = await note_a_visit(year, "Ofsted")
        told = await listener.event()
        assert (told["id"], told["type"], told["data"]["visitor"]) == (index, "visit-noted.v1", "Ofsted")


async def test_a_listener_that_comes_back_misses_nothing(app: FastAPI, program: Program, year: Year) -> None:
    heard = [await note_a_visit(year, name) for name in ("One", "Two", "Three")]
    async with listening(app, program, last_event_id=str(heard[0])) as listener:
        await listener.started()
        assert [(await listener.event())["id"] for _ in range(2)] == heard[1:]
    async with listening(app, program, query=f"after={heard[1]}") as listener:
        await listener.started()
        assert (await listener.event())["id"] == heard[2]


async def test_only_one_notice_is_heard_if_it_is_named(
    app: FastAPI, program: Program, year: Year, september: OccurrenceId
) -> None:
    async with listening(app, program, query="notice=another") as listener:
        assert await listener.started() == 404
    async with listening(app, program, query=f"notice={NOTICE}") as listener:
        await listener.started()
        await year.office.handle(AcknowledgeTask(september), Actor("person", OFFICER))
        assert (await listener.event())["occurrence"] == str(september)


async def test_what_is_hidden_is_not_heard(app: FastAPI, program: Program, year: Year) -> None:
    await year.casebook.catch_up()
    hidden = [each for each in year.casebook.occurrences(NOTICE) if each.facts.hidden_from]
    hidden += [
        each
        for each in year.casebook.occurrences(NOTICE)
        if year.casebook.notice(NOTICE).obligation(each.facts.obligation).hidden_from
    ]
    indexes = {entry.index for each in hidden for entry in year.casebook.history(each.id)}
    assert indexes
    last = await note_a_visit(year, "Ofsted")
    heard = set()
    async with listening(app, program, query="after=0") as listener:
        await listener.started()
        while (told := await listener.event())["id"] != last:
            heard.add(told["id"])
    assert heard
    assert not heard & indexes


@pytest.mark.parametrize("why", ["everything stops", "the token is revoked", "the record is away"])
async def test_listening_ends(
    app: FastAPI,
    program: Program,
    year: Year,
    tokens: MemoryTokens,
    stopping: asyncio.Event,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 60.0 if why == "everything stops" else 0.02)
    async with listening(app, program) as listener:
        await listener.started()
        await listener.frame()
        if why == "everything stops":
            stopping.set()
        else:
            assert await listener.frame() == ": still here\n\n"
        if why == "the token is revoked":
            (token,) = await tokens.all()
            await tokens.revoke(token.id)
        if why == "the record is away":
            await note_a_visit(year, "Ofsted")
            year.ledger.reachable = False
        await listener.served


async def test_what_is_no_number_of_an_event_is_not_understood(app: FastAPI, program: Program) -> None:
    async with listening(app, program, last_event_id="²") as listener:
        assert await listener.started() == 422


async def test_what_is_shown_to_few_is_noted_before_it_is_heard(
    app: FastAPI, program: Program, ports: DeskPorts, year: Year
) -> None:
    client = await program("stranger", "audit")
    listener = Listener(app, client.headers["authorization"].removeprefix("Bearer "), "after=0")
    await listener.started()
    await listener.event()
    (noted, *_) = await ports.accesses.newest(AccessesWanted(person="stranger"), THE_AUDITOR)
    assert (noted.access.kind, noted.access.notice) == ("opened", NOTICE)
    await listener.leave()
