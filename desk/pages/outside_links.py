"""The links that were given under a notice to people without an account: give one, see what became of it, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import receipt_page
from desk.book import Book
from desk.form_page import NOTHING_TYPED, Text
from desk.looking_back import now_of
from desk.noting import note_given
from desk.outside.door import Gift, NotGiven, OutsideDoor
from desk.outside.given import GivenLink, LinkStanding, case_of, given_links
from desk.outside.offers import Offer, offers
from desk.outside.pace import ENOUGH_GIVEN
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import new_slip
from desk.signing_in import SignedIn, ports_of
from desk.typed import typed_in
from desk.words import moment
from domain.identity import command_id
from domain.outside_links import DAYS, MOST_DAYS
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.seen_by import SeenBy
from projections.words import person_name

router = APIRouter(include_in_schema=False)
PAGE = "/notice/{notice}/links"


class AtTheLinks:
    """Somebody at the links of a notice."""

    def __init__(self, request: Request, persona: SignedIn, book: Book, notice: str, slip: Text = "") -> None:
        self.request, self.notice, self.slip = request, notice, slip
        self.persona: Persona = persona
        self.book: SeenBy = book
        self.now = now_of(request)
        book.notice(notice)

    @property
    def here(self) -> str:
        return PAGE.format(notice=self.notice)

    @property
    def door(self) -> OutsideDoor:
        found = ports_of(self.request).outside
        if found is None:
            raise HTTPException(404)
        return found

    def offers(self) -> tuple[Offer, ...]:
        return offers(self.book, self.notice, self.persona.id, self.now)

    async def given(self) -> tuple[GivenLink, ...]:
        return await given_links(self.door, self.book, self.notice, self.persona.id, self.now)


Here = Annotated[AtTheLinks, Depends(AtTheLinks)]


@router.get(PAGE)
async def links(here: Here) -> Response:
    """Those that this person may give, newest first, and a form for one more."""
    return await _draw(here)


@router.post(PAGE)
async def give(here: Here) -> Response:
    """Send a link to the address on record of whom it is for. Its words are shown to nobody else."""
    typed = await typed_in(here.request, "offer", "address", "days")
    offer = next((each for each in here.offers() if each.key == typed["offer"]), None)
    errors = _faults(typed, offer)
    if errors or offer is None:
        return await _draw(here, typed, errors)
    door, case = here.door, case_of(here.book, offer.about)
    if not await door.pace.may_give(here.persona.id):
        return await _draw(here, typed, {"offer": ENOUGH_GIVEN}, status=429)
    slip = command_id("outside-gift", here.persona.id, here.slip, offer.key) if here.slip else uuid4()
    gift = Gift(slip, offer, here.persona.id, int(typed["days"] or DAYS), typed["address"])
    try:
        link = await door.give(here.book.notice(here.notice), case, gift, here.now)
    except NotGiven as fault:
        return await _draw(here, typed, {"address" if offer.needs_address else "offer": str(fault)})
    sentence = f"Gave a link to {link.person}, to {offer.do}. Link {link.id}."
    await note_given(here.request, sentence, here.notice, str(link.about))
    await visit_of(here.request).flash(f"A link was sent to {offer.name}, to {offer.do}.")
    return RedirectResponse(here.here, 303)


@router.post(f"{PAGE}/{{link}}/revoke")
async def revoke(here: Here, link: UUID) -> Response:
    """Make a link good for nothing from now on."""
    found = next((each for each in await here.given() if each.id == str(link)), None)
    if found is None:
        raise NotFound("There is no such link.")
    await here.door.links.revoke(link, here.now)
    await note_given(here.request, f"Took back link {link}.", here.notice, str(found.about))
    await visit_of(here.request).flash("The link was taken back. It opens nothing any more.")
    return RedirectResponse(here.here, 303)


def _faults(typed: Mapping[str, str], offer: Offer | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if offer is None:
        found["offer"] = "Choose what the link is for"
    days = typed["days"].strip()
    if days and not (days.isascii() and days.isdecimal() and len(days) < 4 and 1 <= int(days) <= MOST_DAYS):
        found["days"] = f"Enter a number of days from 1 to {MOST_DAYS}"
    return found


async def _draw(
    here: AtTheLinks,
    typed: Mapping[str, str] = NOTHING_TYPED,
    errors: Mapping[str, str] = NOTHING_TYPED,
    *,
    status: int = 422,
) -> Response:
    return await render(
        here.request,
        "outside/links.html",
        status=status if errors else 200,
        errors=dict(errors),
        form_token=visit_of(here.request).form_token,
        here=here.here,
        slip=here.slip or new_slip(),
        notice_title=here.book.notice(here.notice).terms.title,
        offers=here.offers(),
        typed=typed,
        days=DAYS,
        most_days=MOST_DAYS,
        links=[_row(here, each) for each in await here.given()],
    )


BECAME: Mapping[LinkStanding, str] = {
    "good": "Not used yet",
    "used": "Used",
    "revoked": "Taken back, or another was sent in its place",
    "expired": "Its time is over",
}


def _row(here: AtTheLinks, link: GivenLink) -> dict[str, Any]:
    notice = here.book.notice(here.notice)
    zone = zone_named(notice.terms.zone)
    return {
        "id": link.id,
        "name": link.name,
        "do": link.do,
        "given": f"{moment(link.made, zone)}, by {person_name(notice, link.given_by)}",
        "until": moment(link.expires, zone),
        "became": f"{BECAME[link.standing]}{f': event {link.event}' if link.event else ''}",
        "href": receipt_page(link.event) if link.event else None,
        "revoke": f"{here.here}/{link.id}/revoke" if link.standing == "good" else None,
    }
