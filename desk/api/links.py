"""Links for people without an account: what they can be given for, those that were given, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from desk.api.acting import IdempotencyKey
from desk.api.bearer import Caller, Doer
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE, ProblemError, documented
from desk.api.reading import Name, OfNotice, as_seen
from desk.api.repeating import Key, digest_of
from desk.api.shapes import Page, shape_of
from desk.noting import note_given
from desk.outside.door import Gift, NotGiven, OutsideDoor
from desk.outside.given import GivenLink, case_of, given_links
from desk.outside.offers import Offer, offers
from desk.outside.pace import ENOUGH_GIVEN
from desk.permissions import require
from domain.identity import OccurrenceId, command_id
from domain.outside_links import DAYS, MOST_DAYS, LinkAct
from domain.refusals import NotFound
from projections.casebook import Casebook
from projections.state.spelling import plain

router = APIRouter(tags=["Links for people without an account"], responses=ANYWHERE)
ACT = "send-link"
Words = Annotated[str, Field(min_length=1, max_length=400)]


@dataclass(frozen=True, slots=True)
class Possible:
    """What a link can be given for. `needs_address`: a partner, whose mail address has to be sent with it the first time."""

    act: LinkAct
    about: OccurrenceId
    number: int | None
    person: str
    name: str
    role: str
    do: str
    needs_address: bool


class Wanted(BaseModel):
    """What the link is for, as one of `possible-links` says it."""

    model_config = ConfigDict(extra="forbid")

    act: LinkAct
    about: Words
    number: int | None = None
    person: Words
    address: str = Field("", max_length=254, description="Of a partner; others have one on record.")
    days: int = Field(DAYS, ge=1, le=MOST_DAYS)


@router.get("/notices/{notice}/possible-links", response_model=Page[shape_of(Possible)])  # type: ignore[misc]
async def possible(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What the token's person may give links for now."""
    _door(read.caller)
    require(read.caller.request, ACT, notice)
    rows = [_possible(each) for each in offers(read.book, notice, read.caller.token.person, read.now)]
    return page_of(
        rows, lambda row: (str(row.about), row.act, row.number or 0, row.person), cursor, limit, plain
    )


@router.get("/notices/{notice}/links", response_model=Page[shape_of(GivenLink)])  # type: ignore[misc]
async def given(read: OfNotice, notice: Name, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Those that were given and that the token's person could have given, oldest first. Their words are told to nobody."""
    door = _door(read.caller)
    require(read.caller.request, ACT, notice)
    rows = await given_links(door, read.book, notice, read.caller.token.person, read.now)
    return page_of(rows, lambda row: (plain(row.made), row.id), cursor, limit, plain)


@router.post(
    "/notices/{notice}/links",
    status_code=201,
    response_model=shape_of(GivenLink),
    responses=documented(400, 409, 429),
)
async def give(
    caller: Doer, notice: Name, wanted: Wanted, idempotency_key: IdempotencyKey = None
) -> Response:
    """Mail a link to the address on record. What it is, is not answered: only its reader learns it."""
    door, book = _door(caller), await _book(caller)
    require(caller.request, ACT, notice)
    now, person = caller.ports.clock_now(), caller.token.person
    offer = _offer(book, notice, wanted, person, caller)
    if not await door.pace.may_give(person):
        raise ProblemError(429, "TooManyLinks", ENOUGH_GIVEN, {"Retry-After": "600"})
    key = None
    if idempotency_key:
        name = command_id("api-gift", str(caller.token.id), idempotency_key)
        key = Key(name, await digest_of(caller.request, caller.ports.secret))
        await key.require_first_use(caller.ports)
    gift = Gift(key.command if key else uuid4(), offer, person, wanted.days, wanted.address)
    try:
        link = await door.give(book.notice(notice), case_of(book, offer.about), gift, now)
    except NotGiven as fault:
        raise ProblemError(409, "LinkNotGiven", str(fault)) from fault
    if key:
        await key.settle(caller.ports, repeated=False)
    sentence = f"Gave a link to {link.person}, to {offer.do}. Link {link.id}."
    await note_given(caller.request, sentence, notice, str(link.about))
    rows = await given_links(door, book, notice, person, now)
    return JSONResponse(plain(next(each for each in rows if each.id == str(link.id))), 201)


@router.delete("/notices/{notice}/links/{link}", status_code=204, responses=documented(400))
async def revoke(caller: Doer, notice: Name, link: UUID) -> Response:
    """Make a link good for nothing from now on; a receipt that came of it stays."""
    door, book = _door(caller), await _book(caller)
    require(caller.request, ACT, notice)
    now = caller.ports.clock_now()
    rows = await given_links(door, book, notice, caller.token.person, now)
    found = next((each for each in rows if each.id == str(link)), None)
    if found is None:
        raise NotFound(f"There is no link {link} under this notice.")
    await door.links.revoke(link, now)
    await note_given(caller.request, f"Took back link {link}.", notice, str(found.about))
    return Response(status_code=204)


def _door(caller: Caller) -> OutsideDoor:
    found = caller.ports.outside
    if found is None:
        raise NotFound("No links are given here.")
    return found


async def _book(caller: Caller) -> Casebook:
    await caller.ports.casebook.catch_up()
    return as_seen(caller, caller.ports.casebook)


def _offer(book: Casebook, notice: str, wanted: Wanted, person: str, caller: Caller) -> Offer:
    asked = f"{wanted.act} {wanted.about} {wanted.number or 0} {wanted.person}"
    found = offers(book, notice, person, caller.ports.clock_now())
    offer = next((each for each in found if each.key == asked), None)
    if offer is None:
        sentence = "No link can be given for that by you. `possible-links` says for what one can."
        raise ProblemError(409, "LinkNotPossible", sentence)
    return offer


def _possible(offer: Offer) -> Possible:
    return Possible(
        offer.act,
        offer.about,
        offer.number,
        offer.person,
        offer.name,
        offer.role,
        offer.do,
        offer.needs_address,
    )
