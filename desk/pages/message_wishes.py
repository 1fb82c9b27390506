"""How the signed-in person likes to get messages: each by itself, or one mail a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import SignedIn, ports_of
from domain.ports import Directory

router = APIRouter(include_in_schema=False)
PAGE = "/my-messages"
SAID = {
    "each": "Each message comes as a mail of its own.",
    "digest": "You get one mail on each working day.",
}


@router.get(PAGE)
async def ask(request: Request, persona: SignedIn) -> Response:
    """As it is now."""
    return await _draw(request, persona)


@router.post(PAGE)
async def choose(request: Request, persona: SignedIn, how: Annotated[str, Form()] = "") -> Response:
    """It holds for what is called for from now on."""
    if how not in SAID:
        return await _draw(request, persona, {"how": "Choose how you want to get your messages"}, 422)
    now = ports_of(request).clock_now()
    await _wishes(request).set_digest(persona.id, how == "digest", now)
    await visit_of(request).flash(SAID[how])
    return RedirectResponse(PAGE, 303)


def _wishes(request: Request) -> Directory:
    found = ports_of(request).directory
    if found is None:
        raise HTTPException(404)
    return found


async def _draw(
    request: Request, persona: Persona, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    chosen = "digest" if await _wishes(request).wants_digest(persona.id) else "each"
    return await render(
        request,
        "message_wishes.html",
        status=status,
        persona=persona,
        form_token=visit_of(request).form_token,
        action=PAGE,
        chosen=chosen,
        errors=errors or {},
    )
