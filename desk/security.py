"""Guards around every page: headers on each answer, and requests that are turned away at the door."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.errors import error_response
from desk.explanations import Explanation
from desk.hosts import bare_host
from desk.sessions import cookie_name

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEALTH_PATHS = frozenset({"/livez", "/readyz"})
YEAR_IN_SECONDS = 365 * 24 * 60 * 60


def nonce_of(request: HTTPConnection) -> str:
    """This answer's script nonce."""
    return str(request.scope["csp_nonce"])


class SecurityHeaders:
    """Puts the security headers on every answer, error pages and static files included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["csp_nonce"] = secrets.token_urlsafe(16)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _headers(scope):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _headers(scope: Scope) -> Iterator[tuple[str, str]]:
    yield "content-security-policy", _policy(scope["csp_nonce"])
    yield "x-content-type-options", "nosniff"
    yield "x-frame-options", "DENY"
    # Not no-referrer: with it browsers send "Origin: null" on our own forms, which the origin guard refuses.
    yield "referrer-policy", "same-origin"
    yield "cross-origin-opener-policy", "same-origin"
    yield "cross-origin-resource-policy", "same-origin"
    yield "permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"
    yield "cache-control", "no-store"
    if scope["scheme"] == "https":
        yield "strict-transport-security", f"max-age={YEAR_IN_SECONDS}; includeSubDomains"


def _policy(nonce: str) -> str:
    """Only scripts with the nonce run; 'self' is not enough: an uploaded file must never be one."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class HostGuard:
    """Answers only to the names it was given; health checks may come by address."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(bare_host(host) for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in HEALTH_PATHS and not self._is_ours(scope):
            refusal = await error_response(Request(scope), 421, "This desk does not answer to that address.")
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        return bare_host(Headers(scope=scope).get("host", "")) in self._hosts


class OriginGuard:
    """Lets a change of state through only when the browser says that it comes from one of our own pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            reason = _refusal(scope)
            if reason:
                answer = await error_response(
                    Request(scope), 403, reason.meaning, title=reason.title, advice=reason.advice
                )
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(scope: Scope) -> Explanation | None:
    """Why this request may change nothing, or None. Programs send neither header: the token holds."""
    if cookie_name(scope) is None:
        return _OPEN_TO_READERS
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return None if site in {"same-origin", "none"} else _ELSEWHERE
    if origin is not None:
        return None if urlsplit(origin).netloc.lower() == headers.get("host", "").lower() else _ELSEWHERE
    return None


_ELSEWHERE = Explanation(
    "This came from another website",
    "This request came from another website. A change is taken only from a page of this desk.",
    "Open the page at this desk and send the form there.",
)
_OPEN_TO_READERS = Explanation(
    "This connection is not safe",
    "This desk takes changes over https only, so that nobody on the way can read them.",
    "Open this desk at its address that begins with https and send it again.",
)
