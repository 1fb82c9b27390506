"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from desk.signing_in import ports_of

log = logging.getLogger("forthwith.desk")
router = APIRouter(include_in_schema=False)


@router.get("/livez")
async def livez() -> JSONResponse:
    """200 while the event loop turns. It asks nothing: a sick database is no reason to kill the process."""
    return JSONResponse({"live": True})


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 when everything behind the desk answers, else 503, with one truth per part."""
    try:
        checks = await ports_of(request).ready()
    except Exception:
        log.exception("the readiness check itself failed")
        checks = {"readiness check": False}
    ready = all(checks.values())
    return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
