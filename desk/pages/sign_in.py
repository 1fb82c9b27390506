"""Signing in, as one of the demonstration's people or with an account of one's own, and signing out."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.local_accounts import Refusal
from desk.ports import Persona
from desk.render import render
from desk.sessions import Session, visit_of
from desk.signing_in import HOME, admit, persona_or_none, ports_of, safe_next

router = APIRouter(include_in_schema=False)
CHOOSE = "Choose who you want to sign in as"


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = HOME) -> Response:
    """The people of the demonstration, by organisation; or the ways in that this desk has."""
    return await (_people if ports_of(request).simulated else _doors)(request, next)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    persona: Annotated[str, Form()] = "",
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,
) -> Response:
    """Start a session and go on to the page that was asked for."""
    if ports_of(request).simulated:
        return await _as_one_of_the_people(request, persona, next)
    return await _with_a_password(request, login, password, next)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session here and on the server, and then at the provider that it came from.

    The browser is sent there by the page and not by a redirect: our forms may lead nowhere but here.
    """
    session, provider = visit_of(request).session, ports_of(request).doors.provider
    await visit_of(request).sign_out()
    if session is not None and session.way == "provider" and provider is not None:
        there = await provider.sign_out_url(session.id_token)
        if there is not None:
            return await render(request, "signed_out.html", there=there, provider=provider.name)
    return RedirectResponse("/sign-in?signed-out", 303)


async def _as_one_of_the_people(request: Request, persona: str, wanted: str) -> Response:
    if await ports_of(request).persona(persona) is None:
        return await _people(request, wanted, error=CHOOSE)
    await visit_of(request).sign_in(Session(persona))
    return RedirectResponse(safe_next(wanted), 303)


async def _people(request: Request, wanted: str, error: str | None = None) -> Response:
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


async def _with_a_password(request: Request, login: str, password: str, wanted: str) -> Response:
    door = ports_of(request).doors.password
    if door is None:
        raise HTTPException(404)
    missing = {
        **({} if login.strip() else {"login": "Enter your sign-in name"}),
        **({} if password else {"password": "Enter your password"}),
    }
    if missing:
        return await _doors(request, wanted, login, 422, missing)
    address = request.client.host if request.client else ""
    came = await door.enter(login, password, address)
    if isinstance(came, Refusal):
        return await _doors(request, wanted, login, came.status, {"login": came.sentence})
    refused = await admit(request, came)
    if refused:
        return await _doors(request, wanted, login, 403, {"login": refused})
    return RedirectResponse(safe_next(wanted), 303)


async def _doors(
    request: Request, wanted: str, login: str = "", status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    doors = ports_of(request).doors
    if doors.password is None and doors.provider is None:
        raise HTTPException(404)
    return await render(
        request,
        "sign_in_doors.html",
        status=status,
        by_password=doors.password is not None,
        provider=doors.provider.name if doors.provider else None,
        wanted=safe_next(wanted),
        login=login,
        signed_out="signed-out" in request.query_params,
        errors=errors or {},
    )


def by_organisation(people: tuple[Persona, ...]) -> list[tuple[str, list[Persona]]]:
    """The people under their organisation, organisations in the order in which they first appear."""
    order = list(dict.fromkeys(person.organisation for person in people))
    ranked = sorted(people, key=lambda person: order.index(person.organisation))
    return [(name, list(group)) for name, group in groupby(ranked, key=lambda person: person.organisation)]
