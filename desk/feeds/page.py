"""My calendar: where somebody makes the addresses of their calendars, and revokes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import MY_CALENDAR, notice_page
from desk.book import Book
from desk.feeds.following import followed_by, may_follow
from desk.feeds.secret_address import digest_of, feed_path, new_secret
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import SignedIn, ports_of
from desk.words import moment
from domain.ports import Feed, Feeds
from projections.casebook import Casebook

router = APIRouter(include_in_schema=False)
ALREADY = "An address for this was made meanwhile, and is in force. It cannot be shown again: make a new one if you do not have it."


@dataclass(frozen=True)
class MadeNow:
    """An address that was just made: the only time that it is shown."""

    notice: str | None
    address: str


@router.get(MY_CALENDAR)
async def my_calendar(request: Request, persona: SignedIn, book: Book) -> Response:
    """The calendars that somebody can have, and which of them have an address."""
    return await _draw(request, persona, book)


@router.post(f"{MY_CALENDAR}/make")
async def make(
    request: Request,
    persona: SignedIn,
    book: Book,
    notice: Annotated[str, Form()] = "",
    replacing: Annotated[str, Form()] = "",
) -> Response:
    """Make an address, in place of the one that the page showed. It is shown in the answer and nowhere else."""
    now = ports_of(request).clock_now()
    if not may_follow(book, notice or None, persona.id, now):
        raise HTTPException(404)
    secret = new_secret()
    feed = Feed(uuid4(), persona.id, notice or None, now)
    if not await _feeds(request).make(feed, digest_of(secret), _id_or_none(replacing)):
        return await _draw(request, persona, book, refusal=ALREADY)
    address = f"{str(request.base_url).rstrip('/')}{feed_path(secret)}"
    return await _draw(request, persona, book, made=MadeNow(feed.notice, address))


@router.post(f"{MY_CALENDAR}/revoke")
async def revoke(request: Request, persona: SignedIn, feed: Annotated[str, Form()] = "") -> Response:
    """End an address of one's own; of any other nothing is said and nothing happens."""
    found = _id_or_none(feed)
    if found is not None:
        await _feeds(request).revoke(persona.id, found, ports_of(request).clock_now())
    await visit_of(request).flash("The address is revoked. Whoever still has it finds nothing there.")
    return RedirectResponse(MY_CALENDAR, 303)


async def _draw(
    request: Request,
    persona: Persona,
    book: Casebook,
    *,
    made: MadeNow | None = None,
    refusal: str | None = None,
) -> Response:
    now = ports_of(request).clock_now()
    in_force = {each.notice: each for each in await _feeds(request).of(persona.id)}
    own = _calendar(request, in_force.get(None), None, made)
    notices = [
        _calendar(request, in_force.get(each.terms.id), each.terms.id, made)
        | {"title": each.terms.title, "href": notice_page(each.terms.id)}
        for each in followed_by(book, persona.id, now)
    ]
    return await render(
        request,
        "my_calendar.html",
        status=409 if refusal else 200,
        calendars=[own, *notices],
        refusal=refusal,
    )


def _calendar(
    request: Request, feed: Feed | None, notice: str | None, made: MadeNow | None
) -> dict[str, Any]:
    address = made.address if made and made.notice == notice else None
    return {
        "notice": notice or "",
        "feed": feed.id if feed else None,
        "made": moment(feed.made_at, ports_of(request).zone) if feed else None,
        "address": address,
        "subscribe": f"webcal:{address.partition(':')[2]}" if address else None,
    }


def _feeds(request: Request) -> Feeds:
    found = ports_of(request).feeds
    if found is None:
        raise HTTPException(404)
    return found


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
