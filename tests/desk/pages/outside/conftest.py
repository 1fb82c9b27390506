"""A desk that can send links, and somebody who sends one."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import httpx2
import pytest
from fastapi import FastAPI

from desk.outside.door import OutsideDoor
from desk.outside.secret_words import SecretWords
from domain.actor import Actor
from domain.commands import CommissionUpdate
from ledger.memory import MemoryDirectory
from ledger.outside_links import MemoryOutsideLinks
from tests.desk.pages.outside.links import LINKS, SEPTEMBER, Give, Postbox
from tests.desk.pages.year import CHAIR, OFFICER, Seat, Send, Year


@pytest.fixture
def post() -> Postbox:
    return Postbox()


@pytest.fixture
def app(app: FastAPI, year: Year, post: Postbox) -> FastAPI:
    app.state.ports = replace(
        app.state.ports,
        outside=OutsideDoor(
            links=MemoryOutsideLinks(),
            words=SecretWords([b"a key for tests that is long enough"]),
            post=post,
            directory=MemoryDirectory(),
            base_url="https://desk.example",
            receipt_of=year.ledger.receipt_of,
        ),
    )
    return app


@pytest.fixture
async def known(app: FastAPI, year: Year) -> None:
    """The chair's address is on record, and the police were asked for an update."""
    await app.state.ports.outside.directory.set_address(CHAIR, "chair@example.org", year.clock.now())
    ask = CommissionUpdate(
        SEPTEMBER, "Lancashire Constabulary", "Referrals in September.", date(2016, 10, 28)
    )
    await year.office.handle(ask, Actor("person", OFFICER))


@pytest.fixture
def give(seat: Seat, send: Send, known: None, post: Postbox) -> Give:
    """Somebody sends a link; what it is for is named by the beginning of its offer."""

    async def given(by: str, beginning: str, **fields: str) -> httpx2.Response:
        client = await seat(by)
        page = html.unescape((await client.get(LINKS)).text)
        offer = next(
            each
            for each in re.findall(r'name="offer"[^>]*value="([^"]+)"', page)
            if each.startswith(beginning)
        )
        return await send(client, LINKS, LINKS, offer=offer, **fields)

    return given
