"""Files that were lodged: what the record says of them, and the files themselves."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from desk.api.occurrences import OneCase
from desk.api.problems import ANYWHERE
from desk.api.reading import OfNotice
from desk.api.shapes import shape_of
from desk.ports import FileNotFound
from domain.events.evidence import EvidenceLodged
from domain.refusals import NotFound
from projections.state.spelling import plain

router = APIRouter(
    prefix="/notices/{notice}/occurrences/{obligation}/{period}/evidence",
    tags=["Evidence"],
    responses=ANYWHERE,
)
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class FileResponse(Response):
    """Never shown by a browser: what somebody uploads must not act as a page of the desk."""

    media_type = "application/octet-stream"


@router.get("", response_model=list[shape_of(EvidenceLodged)])  # type: ignore[misc]
async def lodged(case: OneCase) -> Response:
    """In the order in which they were lodged."""
    return JSONResponse(plain(case.occurrence.lodged))


@router.get("/{sha256}", response_class=FileResponse, responses={200: {"content": BYTES}})
async def one_file(read: OfNotice, case: OneCase, sha256: Sha256) -> Response:
    """A file as it was lodged, looked at again to be the one with this hash."""
    found = next((each for each in case.occurrence.lodged if each.sha256 == sha256), None)
    room = read.caller.ports.evidence
    if found is None or room is None:
        raise NotFound(f"No file {sha256} was lodged there.")
    try:
        content = await room.read(sha256)
    except FileNotFound as fault:
        raise NotFound(str(fault)) from fault
    return FileResponse(
        content,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
