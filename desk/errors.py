"""What a person reads, or a program receives, when something cannot be done."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.explanations import Explanation, ToldError, explained, what_was_kept
from desk.feeds.secret_address import without_secret
from desk.looking_back import look_of_page
from desk.noting import note_hidden, note_refusal
from desk.permissions import Forbidden
from desk.ports import UnavailableError
from desk.render import render
from desk.signing_in import SignInNeededError, sign_in_url
from domain.record import LedgerUnreachable
from domain.refusals import NotFound
from projections.seen_by import NotOpenToThem

log = logging.getLogger("forthwith.desk")


async def error_response(
    request: Request,
    status: int,
    meaning: str | None = None,
    *,
    title: str | None = None,
    advice: str | None = None,
    kept: str | None = None,
    faults: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page in plain English, or problem+json (RFC 9457) when that is what the client asked for.

    `kept`: what has become of what was sent, where it is not what the status says of itself.
    """
    known = explained(status)
    shown = Explanation(title or known.title, meaning or known.meaning, advice or known.advice)
    kept = kept or what_was_kept(status, request.method)
    _note_answer(request, status)
    if wants_json(request):
        return _problem(request, status, shown, kept, faults, headers)
    try:
        page = await render(
            request,
            "errors/error.html",
            status=status,
            problem=shown,
            kept=kept,
            code=status,
            reference=reference_of(request),
            faults=tuple(faults),
        )
    except UnavailableError as error:
        return await _unavailable(request, error)
    page.headers.update(headers or {})
    return page


def reference_of(request: Request) -> str:
    """What the person is told and the service's log holds, so that the two can be brought together: `4F0C-91BD`."""
    known = request.scope.get("reference")
    if not isinstance(known, str):
        drawn = secrets.token_hex(4).upper()
        known = request.scope["reference"] = f"{drawn[:4]}-{drawn[4:]}"
    return known


def _note_answer(request: Request, status: int) -> None:
    """Never with the address itself: there are secrets in some."""
    route = getattr(request.scope.get("route"), "path", "an address")
    log.info("answered %d to %s %s, reference %s", status, request.method, route, reference_of(request))


def wants_json(request: Request) -> bool:
    """Whether JSON is asked for before HTML; everything under /api is."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def _problem(
    request: Request,
    status: int,
    shown: Explanation,
    kept: str,
    faults: Sequence[str],
    headers: Mapping[str, str] | None,
) -> Response:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": shown.title,
        "status": status,
        "detail": f"{shown.meaning} {kept} {shown.advice}",
        "instance": request.url.path,
        "reference": reference_of(request),
    }
    if faults:
        body["faults"] = list(faults)
    return JSONResponse(body, status, dict(headers or {}), "application/problem+json")


def register_errors(app: FastAPI) -> None:
    """Hang the handlers on the application."""
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ToldError, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnavailableError, _unavailable)
    app.add_exception_handler(SignInNeededError, _sign_in_needed)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(NotOpenToThem, _hidden)
    app.add_exception_handler(Forbidden, _forbidden)
    app.add_exception_handler(LedgerUnreachable, _unreachable)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    own_words = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    return await error_response(request, error.status_code, own_words, headers=error.headers)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, ToldError)
    told = error.told
    return await error_response(
        request, error.status_code, told.meaning, title=told.title, advice=told.advice
    )


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{_field(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    return await error_response(request, 422, faults=faults)


def _field(place: Sequence[str | int]) -> str:
    words = [str(part).replace("_", " ") for part in place[1:]]
    return ", ".join(words).capitalize() or "The request"


async def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("a port is unavailable: %s", error)
    return await error_response(request, 503, headers={"Retry-After": "30"})


async def _not_found(request: Request, _error: Exception) -> Response:
    """The same words for what does not exist and for what is hidden, so that nobody learns which it is."""
    look = look_of_page(request)
    then = (
        "There was nothing at this address then, or it is not open to you." if look and look.is_back else None
    )
    return await error_response(request, 404, then)


async def _hidden(request: Request, error: Exception) -> Response:
    """To the person there is no such thing; the auditor learns that they asked for it."""
    assert isinstance(error, NotOpenToThem)
    await note_hidden(request, error)
    return await error_response(request, 404)


ASK_FOR_IT = "If you think that it should be yours to do, ask whoever keeps the notice."


async def _forbidden(request: Request, error: Exception) -> Response:
    assert isinstance(error, Forbidden)
    await note_refusal(request, error.act, error.sentence, error.notice)
    return await error_response(request, 403, error.sentence, advice=ASK_FOR_IT)


async def _unreachable(request: Request, error: Exception) -> Response:
    log.warning("the record is unreachable: %s", error)
    return await error_response(request, 503, headers={"Retry-After": "30"})


async def _sign_in_needed(request: Request, _error: Exception) -> Response:
    if wants_json(request):
        return await error_response(request, 401)
    return RedirectResponse(sign_in_url(request), 303)


class CrashGuard:
    """Turns an unforeseen error into the 500 page, inside the security headers, and logs it with its trace.

    Starlette's own handler sits outside every middleware, so its page would go out without them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except UnavailableError as error:
            page = await _unavailable(Request(scope), error)
        except LedgerUnreachable as error:
            page = await _unreachable(Request(scope), error)
        except Exception:
            log.exception(
                "unforeseen error at %s %s, reference %s",
                scope["method"],
                without_secret(scope["path"]),
                reference_of(Request(scope)),
            )
            if started:
                raise
            page = await error_response(Request(scope), 500)
        else:
            return
        await page(scope, receive, send)
