"""Lodging files as evidence beside a report, and giving them back as they were lodged."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.book import Book
from desk.evidence import bare_name, shown_evidence, size_in_words
from desk.form_page import NOTHING_TYPED
from desk.ports import EvidenceRoom, FileNotFound, FileNotTaken
from desk.signing import NOTHING_SAVED, Trouble, hand_over
from desk.signing_in import ports_of
from domain.actor import Actor
from domain.identity import OccurrenceId, command_id
from domain.record import LedgerRefusal, LedgerUnreachable, Receipt
from domain.refusals import Refused

router = APIRouter(include_in_schema=False)


@router.get(f"{PAGE}/submit/evidence")
async def files(here: AtTheTask) -> Response:
    """What was lodged, and a field for one file more."""
    return await _draw(here)


@router.post(f"{PAGE}/submit/evidence")
async def lodge(here: AtTheTask) -> Response:
    """Examine the file, keep it under its hash, and record that it was lodged."""
    room = _room(here.request)
    form = await here.request.form()
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return await _draw(here, errors={"file": "Choose a file"})
    content = await given.read(room.largest + 1)
    if len(content) > room.largest:
        too_long = f"The file is longer than the {size_in_words(room.largest)} that are taken"
        return await _draw(here, errors={"file": too_long})
    answer = await _lodge(here, room, content, bare_name(given.filename))
    if isinstance(answer, Trouble):
        return await _draw(here, trouble=answer)
    if isinstance(answer, str):
        return await _draw(here, errors={"file": answer})
    await hand_over(here.request, f"Lodged: {bare_name(given.filename)}.", answer)
    return RedirectResponse(f"{here.here}/submit/evidence", 303)


@router.get("/evidence/{notice}/{obligation}/{period}/{sha256}")
async def one_file(
    request: Request, book: Book, notice: str, obligation: str, period: str, sha256: str
) -> Response:
    """A file that was lodged here, to be saved and never shown: what somebody uploads must not act as a page of the desk."""
    case = book.case(OccurrenceId(notice, obligation, period))
    lodged = next((each for each in case.occurrence.lodged if each.sha256 == sha256), None)
    if lodged is None:
        raise HTTPException(404)
    try:
        content = await _room(request).read(sha256)
    except FileNotFound as fault:
        raise HTTPException(404, str(fault)) from fault
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(lodged.name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


async def _lodge(here: Signing, room: EvidenceRoom, content: bytes, name: str) -> Receipt | Trouble | str:
    """The receipt, why it cannot be done, or what is wrong with the file. The same file on the same slip is one act."""
    here.book.case(here.occurrence)
    by, key = here.persona.id, None
    if here.slip:
        key = command_id("desk", by, here.slip, f"{here.occurrence} {name} {len(content)}")
    try:
        return await room.lodge(content, name, here.occurrence, Actor("person", by), key)
    except FileNotTaken as refused:
        return str(refused)
    except Refused as refused:
        return Trouble(409, refused.refusal.sentence)
    except LedgerUnreachable:
        return Trouble(503, NOTHING_SAVED)
    except LedgerRefusal as refusal:
        return Trouble(409, f"{refusal} Nothing was saved.")


async def _draw(
    here: Signing, trouble: Trouble | None = None, errors: Mapping[str, str] = NOTHING_TYPED
) -> Response:
    room = _room(here.request)
    return await here.draw(
        "report/evidence.html",
        errors=errors,
        trouble=trouble,
        evidence=shown_evidence(here.case, ports_of(here.request).zone),
        largest=size_in_words(room.largest),
    )


def _room(request: Request) -> EvidenceRoom:
    room = ports_of(request).evidence
    if room is None:
        raise HTTPException(404)
    return room
