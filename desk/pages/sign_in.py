"""Signing in as one of the demonstration's people, and signing out."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import HOME, persona_or_none, ports_of, safe_next

router = APIRouter(include_in_schema=False)
CHOOSE = "Choose who you want to sign in as"


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = HOME) -> Response:
    """The people of the demonstration, by organisation."""
    return await _page(request, next)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    persona: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,
) -> Response:
    """Start a session as the chosen person and go on to the page they had asked for."""
    _only_in_a_demonstration(request)
    people = await ports_of(request).personas()
    if persona not in {person.id for person in people}:
        return await _page(request, next, error=CHOOSE)
    await visit_of(request).sign_in(persona)
    return RedirectResponse(safe_next(next), 303)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session here and on the server."""
    await visit_of(request).sign_out()
    return RedirectResponse("/sign-in?signed-out", 303)


async def _page(request: Request, wanted: str, error: str | None = None) -> Response:
    _only_in_a_demonstration(request)
    return await render(
        request,
        "sign_in.html",
        status=422 if error else 200,
        organisations=by_organisation(await ports_of(request).personas()),
        chosen=await persona_or_none(request),
        wanted=safe_next(wanted),
        signed_out="signed-out" in request.query_params,
        errors={"persona": error} if error else {},
    )


def by_organisation(people: tuple[Persona, ...]) -> list[tuple[str, list[Persona]]]:
    """The people under their organisation, organisations in the order in which they first appear."""
    order = list(dict.fromkeys(person.organisation for person in people))
    ranked = sorted(people, key=lambda person: order.index(person.organisation))
    return [(name, list(group)) for name, group in groupby(ranked, key=lambda person: person.organisation)]


def _only_in_a_demonstration(request: Request) -> None:
    """Signing in by choosing a name must never be possible where real people are."""
    if not ports_of(request).simulated:
        raise HTTPException(404)
