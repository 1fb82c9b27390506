"""What people are sent, one letter of each kind, for whoever wants to read them before anybody gets one."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from activities.delivery.samples import Sample
from desk.book import Book
from desk.foreign_html import foreign_html
from desk.render import render
from desk.signing_in import ports_of
from projections.casebook import Casebook

router = APIRouter(include_in_schema=False)


@router.get("/messages")
async def messages(request: Request, book: Book) -> Response:
    """All kinds that the record has called for so far, but for what is not open to the reader."""
    return await render(request, "messages.html", samples=await _samples(request, book))


@router.get("/messages/{topic}")
async def one_message(request: Request, book: Book, topic: str) -> Response:
    """Its plain text."""
    return await render(request, "message.html", sample=await _sample(request, book, topic))


@router.get("/messages/{topic}/html")
async def one_message_as_html(request: Request, book: Book, topic: str) -> Response:
    """Its HTML, as a mail program shows it."""
    return foreign_html((await _sample(request, book, topic)).letter.html or "")


async def _samples(request: Request, book: Casebook) -> Sequence[Sample]:
    letters = ports_of(request).letters
    if letters is None:
        raise HTTPException(404)
    open_to_them = {each.id for notice in book.notices() for each in book.occurrences(notice.terms.id)}
    return [each for each in await letters.samples() if each.occurrence in open_to_them]


async def _sample(request: Request, book: Casebook, topic: str) -> Sample:
    found = next((each for each in await _samples(request, book) if each.topic == topic), None)
    if found is None:
        raise HTTPException(404)
    return found
