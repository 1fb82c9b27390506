"""The record as the signed-in person may see it, brought up to date before each answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from desk.looking_back import look_of
from desk.permissions import sees_everything
from desk.ports import Persona
from desk.signing_in import SignedIn, ports_of
from domain.record import LedgerUnreachable
from projections.casebook import Casebook
from projections.past.lately import past_of, past_of_all
from projections.past.moments import Moments
from projections.seen_by import SeenBy


async def open_book(request: Request, persona: SignedIn) -> SeenBy:
    """What this person may see now, or of the past they look back to; raises LedgerUnreachable."""
    await ports_of(request).casebook.catch_up()
    return await _as_asked(request, persona)


async def book_at_hand(request: Request, persona: SignedIn) -> SeenBy:
    """The same, or as last read while the record cannot be reached: a form that was sent must not be lost by that."""
    with suppress(LedgerUnreachable):
        return await open_book(request, persona)
    return await _as_asked(request, persona)


def book_as_of(
    request: Request, persona: Persona, notice: str, moments: Moments, upto: int | None = None
) -> SeenBy:
    """One notice as of two moments; what is hidden from them today is hidden there too."""
    past = past_of(ports_of(request).casebook, moments, notice, upto)
    return _seen(request, persona, past)


def _seen(request: Request, persona: Persona, book: Casebook) -> SeenBy:
    """What is looked at in it that is shown to few is noted before the answer goes out (`desk/noting.py`)."""
    ports = ports_of(request)
    everything = sees_everything(persona)
    seen = SeenBy(book, persona.id, ports.clock_now(), ports.casebook, everything=everything)
    request.state.books = (*getattr(request.state, "books", ()), seen)
    return seen


async def _as_asked(request: Request, persona: Persona) -> SeenBy:
    look, book, notice = look_of(request), ports_of(request).casebook, _notice_in(request)
    if look.moments is None:
        return _seen(request, persona, book)
    if notice is None:
        return _seen(request, persona, await past_of_all(book, look.moments))
    return book_as_of(request, persona, notice, look.moments)


def _notice_in(request: Request) -> str | None:
    """The notice that the page is about: only that has to be gone through then."""
    return request.path_params.get("notice") or request.path_params.get("notice_id")


Book = Annotated[SeenBy, Depends(open_book)]
BookAtHand = Annotated[SeenBy, Depends(book_at_hand)]
