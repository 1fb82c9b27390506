"""Who is sitting at the desk: server-side sessions, and the cookie that points at one.

The cookie carries a random id and nothing else. A visitor who has not signed in has an id but no stored
session, so that a crowd of strangers costs no memory; the form token is derived from the id and dies with it.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.cookies import CookieError, SimpleCookie
from typing import Protocol

from itsdangerous import Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.hosts import is_loopback

IDLE_SECONDS = 60 * 60
LIFE_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class Flash:
    """A message shown once, on the next page. `kind` is `success` or `important`.

    `receipt`: the place in the record and the leaf hash of each event that the message is about.
    """

    text: str
    kind: str = "success"
    receipt: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Session:
    """A signed-in person's session."""

    persona_id: str
    flashes: tuple[Flash, ...] = ()


class SessionStore(Protocol):
    """Where sessions are kept. Ids are unguessable; an unknown or expired one is simply not found."""

    async def find(self, session_id: str) -> Session | None: ...

    async def keep(self, session_id: str, session: Session) -> None: ...

    async def forget(self, session_id: str) -> None: ...

    async def forget_persona(self, persona_id: str) -> None:
        """End every session of one person, on every device."""
        ...


class MemorySessions:
    """Sessions of one process, for the demonstration: a restart signs everyone out.

    Time is the machine's own monotonic clock in seconds, never the simulated one: a demonstration that
    leaps a month must not sign people out.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: dict[str, tuple[Session, float, float]] = {}

    async def find(self, session_id: str) -> Session | None:
        self._drop_expired()
        if session_id not in self._kept:
            return None
        session, opened, _ = self._kept[session_id]
        self._kept[session_id] = (session, opened, self._now())
        return session

    async def keep(self, session_id: str, session: Session) -> None:
        opened = self._kept[session_id][1] if session_id in self._kept else self._now()
        self._kept[session_id] = (session, opened, self._now())

    async def forget(self, session_id: str) -> None:
        self._kept.pop(session_id, None)

    async def forget_persona(self, persona_id: str) -> None:
        self._kept = {key: row for key, row in self._kept.items() if row[0].persona_id != persona_id}

    def _drop_expired(self) -> None:
        now = self._now()
        self._kept = {
            key: (session, opened, seen)
            for key, (session, opened, seen) in self._kept.items()
            if now - seen < IDLE_SECONDS and now - opened < LIFE_SECONDS
        }


class Visit:
    """One request's view of its session. Reached through `visit_of(request)`."""

    def __init__(
        self, store: SessionStore, signer: Signer, session_id: str | None, session: Session | None
    ) -> None:
        self._store, self._signer = store, signer
        self.session_id, self.session = session_id, session
        self.fresh_id = False

    @property
    def persona_id(self) -> str | None:
        return self.session.persona_id if self.session else None

    def form_token(self) -> str:
        """The token every form must carry; gives the visitor an id if there is none yet."""
        return self._signer.get_signature(self._own_id()).decode()

    def accepts(self, token: str) -> bool:
        return self.session_id is not None and self._signer.verify_signature(self.session_id.encode(), token)

    async def sign_in(self, persona_id: str) -> None:
        """Start a session under a new id: an id planted before signing in is worth nothing after it."""
        await self.sign_out()
        self.session = Session(persona_id)
        await self._store.keep(self._own_id(), self.session)

    async def sign_out(self) -> None:
        if self.session_id is not None:
            await self._store.forget(self.session_id)
        self.session_id, self.session = None, None
        self._own_id()

    async def flash(
        self, text: str, kind: str = "success", receipt: tuple[tuple[int, str], ...] = ()
    ) -> None:
        """Show `text` once on the next page of a signed-in person."""
        if self.session is not None:
            shown = Flash(text, kind, receipt)
            await self._replace(replace(self.session, flashes=(*self.session.flashes, shown)))

    async def take_flashes(self) -> tuple[Flash, ...]:
        if self.session is None or not self.session.flashes:
            return ()
        flashes = self.session.flashes
        await self._replace(replace(self.session, flashes=()))
        return flashes

    async def _replace(self, session: Session) -> None:
        self.session = session
        await self._store.keep(self._own_id(), session)

    def _own_id(self) -> str:
        if self.session_id is None:
            self.session_id, self.fresh_id = secrets.token_urlsafe(32), True
        return self.session_id


def visit_of(request: HTTPConnection) -> Visit:
    """The visit of this request, put there by `SessionMiddleware`."""
    visit = request.scope["visit"]
    assert isinstance(visit, Visit)
    return visit


def cookie_name(scope: Scope) -> str | None:
    """`__Host-session` over https, `session` on loopback, none on other plain http."""
    if scope["scheme"] == "https":
        return "__Host-session"
    return "session" if is_loopback(Headers(scope=scope).get("host", "")) else None


class SessionMiddleware:
    """Reads the session cookie before a request and writes a new one after it when the id has changed."""

    def __init__(self, app: ASGIApp, store: SessionStore, secret: bytes) -> None:
        self._app, self._store = app, store
        self._signer = Signer(secret, salt="form-token", digest_method=hashlib.sha256)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = cookie_name(scope)
        visit = await self._open(_cookie(scope, name) if name else None)
        scope["visit"] = visit

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and visit.fresh_id and name and visit.session_id:
                cookie = _set_cookie(name, visit.session_id, secure=scope["scheme"] == "https")
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)

    async def _open(self, session_id: str | None) -> Visit:
        session = await self._store.find(session_id) if session_id else None
        return Visit(self._store, self._signer, session_id, session)


def _cookie(scope: Scope, name: str) -> str | None:
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    return cookie[name].value if name in cookie else None


def _set_cookie(name: str, value: str, *, secure: bool) -> str:
    words = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax", *(["Secure"] if secure else [])]
    return "; ".join(words)
