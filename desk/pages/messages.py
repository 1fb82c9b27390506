"""What people are sent, one letter of each kind, for whoever wants to read them before anybody gets one."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from activities.delivery.samples import Sample
from desk.foreign_html import foreign_html
from desk.render import render
from desk.signing_in import current_persona, ports_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(current_persona)])


@router.get("/messages")
async def messages(request: Request) -> Response:
    """All kinds that the record has called for so far."""
    return await render(request, "messages.html", samples=await _samples(request))


@router.get("/messages/{topic}")
async def one_message(request: Request, topic: str) -> Response:
    """Its plain text."""
    return await render(request, "message.html", sample=await _sample(request, topic))


@router.get("/messages/{topic}/html")
async def one_message_as_html(request: Request, topic: str) -> Response:
    """Its HTML, as a mail program shows it."""
    return foreign_html((await _sample(request, topic)).letter.html or "")


async def _samples(request: Request) -> Sequence[Sample]:
    letters = ports_of(request).letters
    if letters is None:
        raise HTTPException(404)
    return await letters.samples()


async def _sample(request: Request, topic: str) -> Sample:
    found = next((each for each in await _samples(request) if each.topic == topic), None)
    if found is None:
        raise HTTPException(404)
    return found
