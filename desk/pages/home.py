"""The front page: it leads to the inbox."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from desk.signing_in import HOME, SignedIn

router = APIRouter(include_in_schema=False)


@router.get(HOME)
async def home(persona: SignedIn) -> RedirectResponse:
    """Inbox first."""
    return RedirectResponse("/tasks", 303)
