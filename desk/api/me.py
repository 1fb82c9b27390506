"""What a token is good for, as whoever carries it may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Bearer
from desk.api.problems import documented
from desk.api.shapes import shape_of
from domain.tokens import Scope
from projections.state.spelling import plain

router = APIRouter(tags=["Token"])


@dataclass(frozen=True, slots=True)
class Me:
    """In whose name the token acts, what for, under which notice alone, if under one, and until when."""

    person: str
    label: str
    scopes: tuple[Scope, ...]
    notice: str | None
    expires: datetime


@router.get("/me", response_model=shape_of(Me), responses=documented(401, 503))
async def me(caller: Bearer) -> Response:
    """The token that was sent."""
    token = caller.token
    return JSONResponse(plain(Me(token.person, token.label, token.scopes, token.notice, token.expires)))
