"""Escalations: what was brought up, what was referred, what is considered; and bringing something new under a power."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import (
    consideration_page,
    notice_page,
    occurrence_page,
    power_page,
)
from desk.book import Book, BookAtHand
from desk.form_page import NOTHING_TYPED, Again, Text, ask, draw_form
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.signing import Trouble
from desk.signing_in import SignedIn
from desk.typed import as_text, typed_in
from desk.words import moment
from domain.commands import Command, OpenConsideration, RecordConcern
from domain.identity import OccurrenceId
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.escalations import Power, escalations, may_be_considered

router = APIRouter(include_in_schema=False)
POWER = "/notice/{notice}/powers/{obligation}"


@router.get("/escalations")
async def all_escalations(request: Request, persona: SignedIn, book: Book) -> Response:
    """Under every notice that this person may see."""
    shown = [_shown(book, each.terms.id, persona.id, request) for each in book.notices()]
    return await render(request, "escalations.html", notices=shown)


def _shown(book: Casebook, notice: str, person: str, request: Request) -> dict[str, Any]:
    found = escalations(book, notice, person, now_of(request))
    terms = book.notice(notice).terms
    zone = zone_named(terms.zone)
    return {
        "title": terms.title,
        "href": notice_page(notice),
        "brought_up": [
            {
                "row": each,
                "href": occurrence_page(each.occurrence),
                "at": moment(each.at, zone),
            }
            for each in found.brought_up
        ],
        "considered": [
            {
                "row": each,
                "href": consideration_page(each.occurrence),
                "opened": moment(each.opened_at, zone),
            }
            for each in found.considered
        ],
        "powers": [
            {
                "row": each,
                "consider": power_page(notice, each.obligation, "consider"),
                "concern": power_page(notice, each.obligation, "concern"),
            }
            for each in found.powers
        ],
    }


class UnderPower:
    """Somebody about to bring something new under a power of a notice."""

    def __init__(
        self,
        request: Request,
        persona: SignedIn,
        book: BookAtHand,
        notice: str,
        obligation: str,
        slip: Text = "",
    ) -> None:
        self.request, self.book, self.notice, self.slip = request, book, notice, slip
        self.persona: Persona = persona
        self.obligation = obligation

    async def ask(self, command: Command, again: Again) -> Response:
        """Raises NotFound."""
        self.book.notice(self.notice)
        return await ask(self.request, self.persona, command, self.slip, again)

    @property
    def power(self) -> Power | None:
        now = now_of(self.request)
        found = escalations(self.book, self.notice, self.persona.id, now).powers
        return next((each for each in found if each.obligation == self.obligation), None)

    async def draw(self, template: str, **facts: Any) -> Response:
        """`facts` as `draw_form` takes them. 404 where the notice has no such power, or none that anybody considers."""
        power = self.power
        notice = self.book.notice(self.notice)
        if power is None:
            raise HTTPException(404)
        return await draw_form(
            self.request,
            template,
            self.slip,
            persona=self.persona,
            power=power,
            clause_text=notice.clause(power.clause).text,
            notice_title=notice.terms.title,
            here=power_page(self.notice, self.obligation, template.rpartition("/")[2].removesuffix(".html")),
            **facts,
        )


AtThePower = Annotated[UnderPower, Depends(UnderPower)]


@router.get(f"{POWER}/consider")
async def consider_form(here: AtThePower) -> Response:
    return await _consider(here)


@router.post(f"{POWER}/consider")
async def consider(here: AtThePower) -> Response:
    """Open a consideration. What is before the deciders is put together from the record."""
    typed = await typed_in(here.request, "because")
    form = await here.request.form()
    matters = tuple(as_text(each) for each in form.getlist("matters"))
    if not typed["because"].strip():
        return await _consider(here, typed, matters, errors={"because": "Say why it is considered"})
    named = tuple(OccurrenceId.parse(each) for each in matters if each.count("/") == 2)
    command = OpenConsideration(here.notice, here.obligation, typed["because"], named)
    return await here.ask(command, partial(_consider, here, typed, matters))


@router.get(f"{POWER}/concern")
async def concern_form(here: AtThePower) -> Response:
    return await _concern(here)


@router.post(f"{POWER}/concern")
async def concern(here: AtThePower) -> Response:
    """Bring a concern to whoever answers concerns under this power."""
    typed = await typed_in(here.request, "concern", "clauses")
    if not typed["concern"].strip():
        return await _concern(here, typed, errors={"concern": "Say what the concern is"})
    clauses = tuple(each.strip() for each in typed["clauses"].split(",") if each.strip())
    command = RecordConcern(here.notice, here.obligation, typed["concern"], clauses)
    return await here.ask(command, partial(_concern, here, typed))


async def _consider(
    here: UnderPower,
    typed: Mapping[str, str] = NOTHING_TYPED,
    matters: tuple[str, ...] | None = None,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    found = may_be_considered(here.book, here.notice, now_of(here.request))
    chosen = {str(each.occurrence) for each in found if each.referred} if matters is None else set(matters)
    return await here.draw(
        "deciding/consider.html", typed=typed, errors=errors, trouble=trouble, possible=found, chosen=chosen
    )


async def _concern(
    here: UnderPower,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    return await here.draw("deciding/concern.html", typed=typed, errors=errors, trouble=trouble)
