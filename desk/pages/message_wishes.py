"""How the signed-in person likes to get messages, in which language they read, where else they are reached, and what did not reach them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.language.choosing import asked_for, choice_kept
from desk.language.speaking import LANGUAGES, name_of
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import SignedIn, ports_of
from desk.typed import is_address
from domain.ports import Directory
from projections.deliveries import unreached

router = APIRouter(include_in_schema=False)
PAGE, ELSEWHERE = "/my-messages", "/my-messages/elsewhere"
SAID = {
    "each": "Each message comes as a mail of its own.",
    "digest": "You get one mail on each working day.",
}


@router.get(PAGE)
async def ask(request: Request, persona: SignedIn) -> Response:
    """As it is now."""
    return await _draw(request, persona)


@router.post(PAGE)
async def choose(
    request: Request,
    persona: SignedIn,
    how: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
) -> Response:
    """It holds for what is called for from now on."""
    if how not in SAID:
        return await _draw(request, persona, {"how": "Choose how you want to get your messages"}, 422)
    now = ports_of(request).clock_now()
    await _wishes(request).set_digest(persona.id, how == "digest", now)
    await visit_of(request).flash(SAID[how])
    answer = RedirectResponse(PAGE, 303)
    if asked_for(language):
        answer.headers.append("set-cookie", choice_kept(language, request.url.scheme))
    return answer


@router.post(ELSEWHERE)
async def reach_elsewhere(
    request: Request, persona: SignedIn, other: Annotated[str, Form()] = ""
) -> Response:
    """An empty one is none."""
    other = other.strip()
    if not is_address(other):
        fault = {"other": "Enter an address such as name@example.org, or none"}
        return await _draw(request, persona, fault, 422, other)
    now = ports_of(request).clock_now()
    await _wishes(request).set_other_address(persona.id, other, now)
    await visit_of(request).flash(
        "That address is tried when the first does not take a message."
        if other
        else "There is no other address now."
    )
    return RedirectResponse(PAGE, 303)


def _wishes(request: Request) -> Directory:
    found = ports_of(request).directory
    if found is None:
        raise HTTPException(404)
    return found


async def _draw(
    request: Request,
    persona: Persona,
    errors: dict[str, str] | None = None,
    status: int = 200,
    typed: str | None = None,
) -> Response:
    wishes = _wishes(request)
    chosen = "digest" if await wishes.wants_digest(persona.id) else "each"
    return await render(
        request,
        "message_wishes.html",
        status=status,
        persona=persona,
        form_token=visit_of(request).form_token,
        action=PAGE,
        chosen=chosen,
        elsewhere=ELSEWHERE,
        address=await wishes.address_of(persona.id),
        other=await wishes.other_address_of(persona.id) if typed is None else typed,
        lost=_lost(request, persona),
        languages=[
            {"value": code, "text": name_of(code), "attributes": {"lang": code}} for code in LANGUAGES
        ],
        errors=errors or {},
    )


def _lost(request: Request, persona: Persona) -> list[str]:
    """A sentence for each notice whose last message did not reach them."""
    book = ports_of(request).casebook
    return [
        f"{notice.terms.title}: the last message to you did not arrive. {each.last.fault or ''}".strip()
        for notice in book.notices()
        for each in unreached(book, notice.terms.id)
        if each.person == persona.id
    ]
