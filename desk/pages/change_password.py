"""Changing one's own password, where it is kept here: the old one is asked for, and every other session ends."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.local_accounts import PasswordDoor
from desk.passwords import SHORTEST
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import SignedIn, ports_of
from desk.typed import typed_in

router = APIRouter(include_in_schema=False)
PAGE = "/password"
CHANGED = "Your password is changed, and whoever was signed in as you elsewhere is signed out."


@router.get(PAGE)
async def form(request: Request) -> Response:
    """Whose password is kept elsewhere has no such page."""
    _door(request)
    return await _draw(request)


@router.post(PAGE)
async def change(request: Request, persona: SignedIn) -> Response:
    """What was typed is never shown again: these are secrets."""
    door, visit = _door(request), visit_of(request)
    typed = await typed_in(request, "old", "new")
    missing = {
        **({} if typed["old"] else {"old": "Enter your password as it is now"}),
        **({} if typed["new"] else {"new": "Enter your new password"}),
    }
    if missing:
        return await _draw(request, missing)
    address = request.client.host if request.client else ""
    refused = await door.change_password(
        persona.id, typed["old"], typed["new"], visit.session_id or "", address
    )
    if refused:
        status = max(each.status for each in refused.values())
        return await _draw(request, {field: each.sentence for field, each in refused.items()}, status)
    await visit.store.forget_persona(persona.id, but=visit.session_id)
    await visit.flash(CHANGED)
    return RedirectResponse("/sessions", 303)


def _door(request: Request) -> PasswordDoor:
    session, door = visit_of(request).session, ports_of(request).doors.password
    if door is None or session is None or session.way != "password":
        raise HTTPException(404)
    return door


async def _draw(request: Request, errors: dict[str, str] | None = None, status: int = 422) -> Response:
    return await render(
        request,
        "change_password.html",
        status=status if errors else 200,
        shortest=SHORTEST,
        errors=errors or {},
    )
