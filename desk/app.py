"""The desk as an ASGI application."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Depends, FastAPI

from desk.api.mount import PLACE, mount_api
from desk.bodies import BodyLimit
from desk.errors import CrashGuard, register_errors
from desk.forms import require_form_token
from desk.language.choosing import LanguageChooser
from desk.noting import AccessNoter
from desk.pages.registry import PAGES
from desk.permissions import guard
from desk.ports import DeskPorts
from desk.security import HostGuard, OriginGuard, SecurityHeaders
from desk.sessions import MemorySessions, SessionMiddleware, SessionStore


def create_app(
    ports: DeskPorts, *, pages: Iterable[APIRouter] = PAGES, sessions: SessionStore | None = None
) -> FastAPI:
    """The desk over `ports`. `sessions` defaults to memory, which is right for the demonstration."""
    app = FastAPI(
        title="Forthwith",
        docs_url=None,  # its pages load scripts from elsewhere, which the content security policy forbids
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(require_form_token), Depends(guard)],
    )
    app.state.ports = ports
    for router in pages:
        app.include_router(router)
    mount_api(app, ports)
    register_errors(app)
    _wrap(app, ports, sessions or MemorySessions())
    return app


def _wrap(app: FastAPI, ports: DeskPorts, sessions: SessionStore) -> None:
    """From the innermost to the outermost: each line wraps those above it."""
    app.add_middleware(AccessNoter)
    largest = ports.evidence.largest if ports.evidence else 0
    app.add_middleware(BodyLimit, largest_file=largest, elsewhere=PLACE)
    app.add_middleware(OriginGuard)
    app.add_middleware(HostGuard, hosts=ports.hosts)
    app.add_middleware(SessionMiddleware, store=sessions, secret=ports.secret)
    app.add_middleware(LanguageChooser)
    app.add_middleware(CrashGuard)
    app.add_middleware(SecurityHeaders)
