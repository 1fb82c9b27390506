"""The front page: it leads to the inbox."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse

from desk.looking_back import kept
from desk.signing_in import HOME, current_persona

router = APIRouter(include_in_schema=False)


@router.get(HOME, dependencies=[Depends(current_persona)])
async def home(request: Request) -> RedirectResponse:
    """Inbox first."""
    return RedirectResponse(kept(request, "/tasks"), 303)
