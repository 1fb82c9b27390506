"""Who is signed in, and the way to the sign-in page and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import Depends
from starlette.requests import Request

from desk.oidc.mapping import DESK_ROLES
from desk.ports import DeskPorts, Persona
from desk.sessions import Session, visit_of

HOME = "/"
NO_ROLE = (
    "You are known here, but you hold no role under any notice at the moment, so there is nothing for you to open. "
    "Ask whoever runs this service."
)
SHUT_OUT = "You have been shut out of this service. Ask whoever runs it."


class SignInNeededError(Exception):
    """The page is for signed-in people; the handler sends a browser to /sign-in, a program gets 401."""


def ports_of(request: Request) -> DeskPorts:
    """The ports the application was made with."""
    ports = request.app.state.ports
    assert isinstance(ports, DeskPorts)
    return ports


async def persona_or_none(request: Request) -> Persona | None:
    """The signed-in person as the register knows them now; someone struck off it is signed out.

    It is asked once for each request: the guard, the page and the bar at its top mean the same person.
    """
    session = visit_of(request).session
    if session is None:
        return None
    known = getattr(request.state, "persona", None)
    if not isinstance(known, Persona) or known.id != session.persona_id:
        known = await _persona_of(request, session)
        request.state.persona = known
    return known


async def admit(request: Request, session: Session) -> str | None:
    """Begin a session for somebody who has shown who they are; or say why not."""
    if await _persona_of(request, session) is None:
        return NO_ROLE
    return None if await visit_of(request).sign_in(session) else SHUT_OUT


async def _persona_of(request: Request, session: Session) -> Persona | None:
    """Roles under a notice come from the register, the others from the account or the provider; in a demonstration all."""
    found = await ports_of(request).persona(session.persona_id)
    if found is None and not DESK_ROLES.keys() & set(session.roles):
        return None
    found = found or Persona(session.persona_id, session.name, (), "")
    own = tuple(role for role in session.roles if role not in found.desk_roles)
    titles = tuple(DESK_ROLES[role] for role in own if role in DESK_ROLES)
    return replace(found, roles=(*found.roles, *titles), desk_roles=(*found.desk_roles, *own))


async def current_persona(request: Request) -> Persona:
    """The signed-in person. As a dependency it makes a page one for signed-in people."""
    persona = await persona_or_none(request)
    if persona is None:
        raise SignInNeededError
    return persona


SignedIn = Annotated[Persona, Depends(current_persona)]


def sign_in_url(request: Request) -> str:
    """The sign-in page, remembering the page asked for; a form that was sent cannot be sent again."""
    if request.method not in {"GET", "HEAD"}:
        return "/sign-in"
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/sign-in" if asked == HOME else f"/sign-in?{urlencode({'next': asked})}"


def safe_next(target: str | None) -> str:
    """`target` if it is a path on this desk, else the front page.

    Browsers read `//host`, `/\\host` and a path with a tab or line break in it as another site's address.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return HOME
    if "\\" in target or any(ord(letter) < 0x21 or ord(letter) == 0x7F for letter in target):
        return HOME
    try:
        parts = urlsplit(target)
    except ValueError:
        return HOME
    return (
        HOME if parts.scheme or parts.netloc or parts.path.startswith(("/sign-in", "/sign-out")) else target
    )
