"""Your sessions: on which devices somebody is signed in, and ending them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.render import render
from desk.sessions import session_name, visit_of
from desk.signing_in import SignedIn

router = APIRouter(include_in_schema=False)
PAGE = "/sessions"


@router.get(PAGE)
async def your_sessions(request: Request, persona: SignedIn) -> Response:
    """The one in hand first, then the newest."""
    visit = visit_of(request)
    here = session_name(visit.session_id or "")
    found = await visit.store.listed(persona.id)
    return await render(
        request,
        "your_sessions.html",
        sessions=sorted(found, key=lambda each: each.name != here),
        here=here,
        by_password=visit.session is not None and visit.session.way == "password",
    )


@router.post(f"{PAGE}/end")
async def end_one(request: Request, persona: SignedIn, session: Annotated[str, Form()] = "") -> Response:
    """End one; only sessions of one's own can be named."""
    visit = visit_of(request)
    await visit.store.end(persona.id, session)
    if session == session_name(visit.session_id or ""):
        await visit.sign_out()
        return RedirectResponse("/sign-in?signed-out", 303)
    await visit.flash("That session has been ended.")
    return RedirectResponse(PAGE, 303)


@router.post(f"{PAGE}/end-others")
async def end_others(request: Request, persona: SignedIn) -> Response:
    """End all but the one in hand."""
    visit = visit_of(request)
    await visit.store.forget_persona(persona.id, but=visit.session_id)
    await visit.flash("All your other sessions have been ended.")
    return RedirectResponse(PAGE, 303)


@router.post(f"{PAGE}/end-all")
async def end_all(request: Request, persona: SignedIn) -> Response:
    """End all of them, this one too."""
    visit = visit_of(request)
    await visit.store.forget_persona(persona.id)
    await visit.sign_out()
    return RedirectResponse("/sign-in?signed-out", 303)
