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
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Protocol

from itsdangerous import Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.devices import device_of
from desk.hosts import is_loopback

IDLE_SECONDS = 60 * 60
LIFE_SECONDS = 12 * 60 * 60
WITHOUT_SESSION = ("/static/", "/livez", "/readyz")
NAME_DIGITS = 16


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
    """A signed-in person's session. `device` is told in words, such as `Firefox on Windows`.

    `name` and `roles` are what the account or the provider says of the person; roles under a notice are not among
    them, because those are looked up anew each time. `id_token` and below: what an OpenID provider needs to sign out.
    """

    persona_id: str
    flashes: tuple[Flash, ...] = ()
    name: str = ""
    roles: tuple[str, ...] = ()
    way: str = "persona"
    device: str = ""
    id_token: str | None = None
    subject: str | None = None
    provider_session: str | None = None


@dataclass(frozen=True)
class OpenSession:
    """A session as its person sees it. `name` tells sessions apart and opens none; times are real ones, in UTC."""

    name: str
    device: str
    since: datetime
    seen: datetime


def session_name(session_id: str) -> str:
    """What a session is called where it is listed: the beginning of its digest."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:NAME_DIGITS]


class SessionStore(Protocol):
    """Where sessions are kept. Ids are unguessable; an unknown or expired one is simply not found."""

    async def find(self, session_id: str) -> Session | None: ...

    async def begin(self, session_id: str, session: Session) -> bool:
        """Start it; False where the person has been shut out."""
        ...

    async def keep(self, session_id: str, session: Session) -> None:
        """Remember what has changed in a session that was begun."""
        ...

    async def forget(self, session_id: str) -> None: ...

    async def listed(self, persona_id: str) -> tuple[OpenSession, ...]:
        """The sessions of one person that are not over, newest first."""
        ...

    async def end(self, persona_id: str, name: str) -> None:
        """End one session of this person, by its name."""
        ...

    async def forget_persona(self, persona_id: str, but: str | None = None) -> None:
        """End every session of one person, on every device; the one with the id `but` is spared."""
        ...

    async def end_at_provider(self, subject: str | None, provider_session: str | None) -> None:
        """End what an OpenID provider says is over: one of its sessions, or all of one subject."""
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

    async def begin(self, session_id: str, session: Session) -> bool:
        self._kept[session_id] = (session, self._now(), self._now())
        return True

    async def keep(self, session_id: str, session: Session) -> None:
        if session_id in self._kept:
            self._kept[session_id] = (session, self._kept[session_id][1], self._now())

    async def forget(self, session_id: str) -> None:
        self._kept.pop(session_id, None)

    async def listed(self, persona_id: str) -> tuple[OpenSession, ...]:
        self._drop_expired()
        rows = [
            OpenSession(session_name(key), session.device, self._moment(opened), self._moment(seen))
            for key, (session, opened, seen) in self._kept.items()
            if session.persona_id == persona_id
        ]
        return tuple(sorted(rows, key=lambda row: row.since, reverse=True))

    async def end(self, persona_id: str, name: str) -> None:
        self._keep_if(lambda key, row: row.persona_id != persona_id or session_name(key) != name)

    async def forget_persona(self, persona_id: str, but: str | None = None) -> None:
        self._keep_if(lambda key, row: row.persona_id != persona_id or key == but)

    async def end_at_provider(self, subject: str | None, provider_session: str | None) -> None:
        gone = {"subject": subject, "provider_session": provider_session}
        named = {field: value for field, value in gone.items() if value is not None}
        self._keep_if(lambda _, row: not named or any(getattr(row, f) != v for f, v in named.items()))

    def _keep_if(self, stays: Callable[[str, Session], bool]) -> None:
        self._kept = {key: row for key, row in self._kept.items() if stays(key, row[0])}

    def _moment(self, reading: float) -> datetime:
        return datetime.now(UTC) - timedelta(seconds=self._now() - reading)

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
        self,
        store: SessionStore,
        signer: Signer,
        session_id: str | None,
        session: Session | None,
        device: str = "",
    ) -> None:
        self.store, self._signer, self._device = store, signer, device
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

    async def sign_in(self, session: Session) -> bool:
        """Start a session under a new id: an id planted before signing in is worth nothing after it.

        False where the person has been shut out; then nobody is signed in.
        """
        await self.sign_out()
        begun = replace(session, device=self._device)
        if not await self.store.begin(self._own_id(), begun):
            return False
        self.session = begun
        return True

    async def sign_out(self) -> None:
        if self.session_id is not None:
            await self.store.forget(self.session_id)
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
        await self.store.keep(self._own_id(), session)

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
        name = None if scope["path"].startswith(WITHOUT_SESSION) else name
        visit = await self._open(scope, _cookie(scope, name) if name else None)
        scope["visit"] = visit

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and visit.fresh_id and name and visit.session_id:
                cookie = _set_cookie(name, visit.session_id, secure=scope["scheme"] == "https")
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)

    async def _open(self, scope: Scope, session_id: str | None) -> Visit:
        session = await self._store.find(session_id) if session_id else None
        device = device_of(Headers(scope=scope).get("user-agent", ""))
        return Visit(self._store, self._signer, session_id, session, device)


def _cookie(scope: Scope, name: str) -> str | None:
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    return cookie[name].value if name in cookie else None


def _set_cookie(name: str, value: str, *, secure: bool) -> str:
    words = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax", *(["Secure"] if secure else [])]
    return "; ".join(words)
