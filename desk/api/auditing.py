"""For auditors: how the record is proved, the whole of it to take away, and who was refused or opened what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response, StreamingResponse

from desk.api.bearer import Caller, Reader
from desk.api.one_event import LARGEST
from desk.api.paging import Cursor, Limit, next_page, number_after
from desk.api.problems import ANYWHERE, ProblemError, documented
from desk.api.reading import reading_now, sees_all_of
from desk.api.shapes import Page, shape_of
from desk.auditing import Audit, NoBagYet, Verified
from desk.permissions import Forbidden, in_the_name_of
from domain.access import AccessesWanted, AccessKind
from domain.refusals import NotFound
from projections.state.spelling import plain

router = APIRouter(tags=["Audit"], responses=ANYWHERE)
NOT_ALL_OF_IT = "The bag holds the whole record, and some of that is not open to you."


@dataclass(frozen=True, slots=True)
class AuditAnswer:
    """`size`: events in the record. `checkpoint`: the newest that was signed, as it was published. `verified`: what came of
    the last verification that was asked for since the desk was started."""

    size: int
    checkpoint: str | None
    verified: Verified | None


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A line of the access log: `refused`, `hidden` (asked for what is not open to them), `opened` (what few are
    shown), `link` (given to somebody without an account, or used by them), or `account` (an operator did something to one)."""

    number: int
    at: datetime
    person: str
    kind: AccessKind
    act: str
    notice: str | None
    about: str | None
    sentence: str


@router.get("/audit", response_model=shape_of(AuditAnswer))
async def audit(caller: Reader) -> Response:
    """How the log stands."""
    book, ports = (await reading_now(caller)).book, caller.ports
    answer = AuditAnswer(
        book.position,
        ports.log.checkpoint() if ports.log else None,
        ports.audit.last if ports.audit else None,
    )
    return JSONResponse(plain(answer))


@router.post("/audit/verify", response_model=shape_of(Verified))
async def verify(caller: Reader) -> Response:
    """Look at every event again, now. It changes nothing."""
    return JSONResponse(plain(await _audit_of(caller).verify()))


@router.get("/audit/bag.zip", response_class=StreamingResponse, responses={
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}, **documented(409)
})  # fmt: skip
async def bag(caller: Reader) -> Response:
    """Everything that an outsider needs to verify the record, for whoever may see all of it."""
    await caller.ports.casebook.catch_up()
    for notice in caller.ports.casebook.notices():
        if caller.token.notice is not None or not sees_all_of(caller, notice.terms.id):
            raise Forbidden(NOT_ALL_OF_IT, "export", notice.terms.id)
    try:
        out = await _audit_of(caller).bag()
    except NoBagYet as fault:
        raise ProblemError(409, "NoBagYet", str(fault)) from None
    headers = {"Content-Disposition": f'attachment; filename="{out.name}"'}
    return StreamingResponse(out.parts, media_type="application/zip", headers=headers)


@router.get("/access-log", response_model=Page[shape_of(AccessRow)])  # type: ignore[misc]
async def access_log(
    caller: Reader,
    kind: AccessKind | None = None,
    notice: Annotated[str | None, Query(max_length=100)] = None,
    person: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Who was refused what, who opened what, and what was done to accounts, the newest first."""
    only = caller.token.notice or notice
    wanted = AccessesWanted(kind, only, person, number_after(cursor, LARGEST), limit + 1)
    whom = in_the_name_of(caller.request.state.persona, caller.ports)
    found = await caller.ports.accesses.newest(wanted, whom)
    rows = [
        AccessRow(each.number, a.at, a.person, a.kind, a.act, a.notice, a.about, a.sentence)
        for each in found[:limit]
        for a in (each.access,)
    ]
    following = next_page((found[limit - 1].number,)) if len(found) > limit else None
    return JSONResponse({"items": plain(rows), "next": following})


def _audit_of(caller: Caller) -> Audit:
    found = caller.ports.audit
    if found is None:
        raise NotFound("The record cannot be verified from this desk.")
    return found
