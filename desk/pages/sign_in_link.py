"""The page of a link with which somebody sets their password. Opening it changes nothing; sending it uses the link up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.errors import error_response
from desk.local_accounts import SPENT, PasswordDoor, Refusal
from desk.passwords import SHORTEST
from desk.render import render
from desk.signing_in import HOME, admit, ports_of

router = APIRouter(include_in_schema=False)
ASK = "Ask whoever runs this service for another one."


@router.get("/sign-in/link/{link}")
async def link_page(request: Request, link: str) -> Response:
    """Whose account it is, and a field for the new password."""
    return await _page(request, link)


@router.post("/sign-in/link/{link}")
async def set_password(request: Request, link: str, password: Annotated[str, Form()] = "") -> Response:
    """Set the password, end what was open, and go in."""
    came = await _door(request).set_password(link, password)
    if isinstance(came, Refusal):
        return await _spent(request) if came.sentence == SPENT else await _page(request, link, came.sentence)
    refused = await admit(request, came)
    if refused:
        return await error_response(request, 403, refused, kept="Your password is set.")
    return RedirectResponse(HOME, 303)


async def _page(request: Request, link: str, error: str | None = None) -> Response:
    account = await _door(request).invited(link)
    if account is None:
        return await _spent(request)
    return await render(
        request,
        "sign_in_link.html",
        status=422 if error else 200,
        account=account,
        link=link,
        shortest=SHORTEST,
        errors={"password": error} if error else {},
    )


async def _spent(request: Request) -> Response:
    return await error_response(request, 410, f"{SPENT}.", advice=ASK)


def _door(request: Request) -> PasswordDoor:
    door = None if ports_of(request).simulated else ports_of(request).doors.password
    if door is None:
        raise HTTPException(404)
    return door
