"""The record as the signed-in person may see it, brought up to date before each answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from desk.permissions import sees_everything
from desk.ports import Persona
from desk.signing_in import SignedIn, ports_of
from domain.record import LedgerUnreachable
from projections.casebook import Casebook
from projections.seen_by import SeenBy


async def open_book(request: Request, persona: SignedIn) -> Casebook:
    """What this person may see now; raises LedgerUnreachable."""
    ports = ports_of(request)
    await ports.casebook.catch_up()
    return _opened(request, persona)


async def book_at_hand(request: Request, persona: SignedIn) -> Casebook:
    """The same, or as last read while the record cannot be reached: a form that was sent must not be lost by that."""
    with suppress(LedgerUnreachable):
        return await open_book(request, persona)
    return _opened(request, persona)


def _opened(request: Request, persona: Persona) -> SeenBy:
    """What is looked at in it that is shown to few is noted before the answer goes out (`desk/noting.py`)."""
    ports = ports_of(request)
    book = SeenBy(ports.casebook, persona.id, ports.clock_now(), everything=sees_everything(persona))
    request.state.book = book
    return book


Book = Annotated[Casebook, Depends(open_book)]
BookAtHand = Annotated[Casebook, Depends(book_at_hand)]
