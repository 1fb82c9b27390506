"""Style sheets and scripts, under an address that changes with their content.

One digest stands for the whole folder, so that a module's relative imports carry it along.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException
from starlette.responses import FileResponse, Response

FOLDER = Path(__file__).resolve().parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}

router = APIRouter()


@cache
def digest() -> str:
    """Sixteen hex digits over the names and bytes of every static file."""
    sha = hashlib.sha256()
    for path in _files().values():
        content = path.read_bytes()
        sha.update(f"{path.relative_to(FOLDER)}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()[:16]


@cache
def _files() -> dict[str, Path]:
    return {str(p.relative_to(FOLDER)): p for p in sorted(FOLDER.rglob("*")) if p.suffix in TYPES}


def asset(name: str) -> str:
    """The address of a static file; a name that does not exist is a mistake in a template and fails."""
    if name not in _files():
        raise LookupError(f"There is no static file {name}.")
    return f"/static/{digest()}/{name}"


@router.get("/static/{version}/{name:path}", include_in_schema=False)
async def static_file(version: str, name: str) -> Response:
    """Serve one listed file; a page from before an upgrade gets today's file, but may not keep it."""
    path = _files().get(name)
    if path is None:
        raise HTTPException(404)
    keep = "public, max-age=31536000, immutable" if version == digest() else "no-cache"
    return FileResponse(path, media_type=TYPES[path.suffix], headers={"cache-control": keep})
