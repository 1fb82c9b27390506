"""To the OpenID provider and back."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.oidc.begun import forget, recall, remember
from desk.oidc.provider import Provider
from desk.oidc.refusing import SignInRefused
from desk.render import render
from desk.sessions import cookie_name, visit_of
from desk.signing_in import HOME, admit, ports_of, safe_next

router = APIRouter(include_in_schema=False)
log = logging.getLogger("forthwith.desk")
NOT_SAFE = "Signing in works over https only, so that nobody on the way can read along."


@router.get("/sign-in/provider")
async def to_the_provider(request: Request, next: str = HOME) -> Response:
    """Away to the provider. A link and no form, because our forms may lead nowhere but here."""
    provider = _provider(request)
    if cookie_name(request.scope) is None:
        return await _refused(request, 403, NOT_SAFE)
    try:
        begun = await provider.begin()
    except SignInRefused as refusal:
        return await _told(request, refusal)
    away = RedirectResponse(begun.url, 303)
    remember(request, away, ports_of(request).secret, begun, safe_next(next))
    return away


@router.get("/sign-in/provider/answer")
async def back_from_the_provider(request: Request) -> Response:
    """The provider's answer: a session begins, or a page says why not."""
    provider = _provider(request)
    begun, wanted = recall(request, ports_of(request).secret)
    try:
        session = await provider.finish(dict(request.query_params), begun)
    except SignInRefused as refusal:
        answer = await _told(request, refusal)
    else:
        refused = await admit(request, session)
        answer = (
            await _refused(request, 403, refused) if refused else RedirectResponse(safe_next(wanted), 303)
        )
    forget(request, answer)
    return answer


@router.post("/sign-in/provider/signed-out")
async def signed_out_at_the_provider(request: Request, logout_token: Annotated[str, Form()] = "") -> Response:
    """Back-channel logout: the provider itself says whose session is over. Its signature is the proof."""
    provider = _provider(request)
    try:
        subject, session = await provider.signed_out(logout_token)
    except SignInRefused as refusal:
        log.warning("a logout token was refused: %s", refusal)
        return Response(status_code=400)
    await visit_of(request).store.end_at_provider(subject, session)
    return Response(status_code=200)


async def _told(request: Request, refusal: SignInRefused) -> Response:
    log.warning("somebody was not signed in: %s", refusal)
    return await _refused(request, refusal.status, refusal.sentence)


async def _refused(request: Request, status: int, sentence: str) -> Response:
    return await render(request, "sign_in_refused.html", status=status, sentence=sentence)


def _provider(request: Request) -> Provider:
    provider = None if ports_of(request).simulated else ports_of(request).doors.provider
    if provider is None:
        raise HTTPException(404)
    return provider
