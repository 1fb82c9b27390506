"""The published log, as c2sp.org/tlog-tiles lays it out. It holds hashes alone, so nobody has to sign in for it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.ports import Log
from desk.signing_in import ports_of

router = APIRouter(prefix="/log", include_in_schema=False)
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
FRESH, FOR_GOOD = "no-cache", "public, max-age=31536000, immutable"


@router.get("/checkpoint")
async def checkpoint(request: Request) -> Response:
    """The newest signed checkpoint."""
    return _answer(_log_of(request).checkpoint(), TEXT, FRESH)


@router.get("/keys")
async def keys(request: Request) -> Response:
    """The log's public keys, one a line."""
    return _answer(_log_of(request).keys() or None, TEXT, FRESH)


@router.get("/tile/{path:path}")
async def tile(request: Request, path: str) -> Response:
    """One tile of hashes; what it holds never changes."""
    return _answer(_log_of(request).tile(f"tile/{path}"), BYTES, FOR_GOOD)


@router.get("/proof/{index}")
async def proof(request: Request, index: int) -> Response:
    """The proof of an event by its number in the record, from 1, under the newest checkpoint."""
    return _answer(_log_of(request).proof_text(index), TEXT, FRESH)


def _log_of(request: Request) -> Log:
    log = ports_of(request).log
    if log is None:
        raise HTTPException(404)
    return log


def _answer(content: str | bytes | None, kind: str, keep: str) -> Response:
    """Public, so that a verifier on a page of somebody else's may fetch it."""
    if content is None:
        raise HTTPException(404)
    headers = {
        "cache-control": keep,
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }
    return Response(content, media_type=kind, headers=headers)
