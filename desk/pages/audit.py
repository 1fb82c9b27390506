"""The audit page: how the log stands, the record verified or taken away as a bag, and what was corrected."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from desk.addresses import event_page
from desk.auditing import Audit, NoBagYet, Verified
from desk.book import Book
from desk.many_notices import some_notices
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import current_persona, ports_of
from desk.words import moment
from domain.refusals import NotFound
from projections.corrections import CorrectionRow, corrections
from projections.seen_by import SeenBy
from projections.words import occurrence_title, person_name

router = APIRouter(include_in_schema=False)
COLUMNS = ("Event", "Of", "Field", "Was", "Now", "Reason", "Standing")
NOT_ALL_OF_IT = (
    "The bag holds the whole record, and some of that is not open to you. "
    "Ask an auditor, or somebody at the body that issued the notice."
)


@router.get("/audit")
async def audit(request: Request, book: Book, event: str = "", notice: str = "", page: int = 1) -> Response:
    """What stands in the log, and what an auditor can do with it."""
    return await _draw(request, book, event, which=(notice, page))


@router.get("/audit/proof")
async def proof(request: Request, book: Book, event: str = "") -> Response:
    """The proof of one event, by its number: a file of the published log."""
    log = ports_of(request).log
    if not event.isdecimal() or len(event) > 12:
        return await _draw(request, book, event, "Enter the number of an event, such as 258")
    if log is None or log.proof_text(int(event)) is None:
        return await _draw(request, book, event, f"The published log does not reach event {event}")
    return RedirectResponse(f"/log/proof/{int(event)}", 303)


@router.post("/audit/verify", dependencies=[Depends(current_persona)])
async def verify(request: Request) -> Response:
    """Look at every event again, now."""
    found = await _audit_of(request).verify()
    sentence = f"The record is sound: {found.size} events were looked at, and there is no finding."
    if found.sound:
        await visit_of(request).flash(sentence)
    else:
        await visit_of(request).flash("The record is not what it was when it was written.", "important")
    return RedirectResponse("/audit#verified", 303)


@router.get("/audit/bag.zip")
async def bag(request: Request, book: Book) -> Response:
    """Everything that an outsider needs, for whoever may see all of it."""
    if not _sees_everything(request, book):
        raise HTTPException(403, NOT_ALL_OF_IT)
    try:
        out = await _audit_of(request).bag()
    except NoBagYet as fault:
        raise HTTPException(409, str(fault)) from None
    headers = {"content-disposition": f'attachment; filename="{out.name}"'}
    return StreamingResponse(out.parts, media_type="application/zip", headers=headers)


async def _draw(
    request: Request, book: SeenBy, event: str, fault: str | None = None, which: tuple[str, int] = ("", 1)
) -> Response:
    """`which`: words of the titles of notices, and the page of those."""
    ports = ports_of(request)
    some = some_notices(book.notices(), lambda each: each.terms.title, *which)
    checkpoint = ports.log.checkpoint() if ports.log else None
    covered = _covered(checkpoint)
    return await render(
        request,
        "audit.html",
        status=422 if fault else 200,
        errors={"event": fault} if fault else {},
        event=event,
        facts=[
            ("Events in the record", f"{book.position:,}"),
            (
                "Newest signed checkpoint",
                f"over {covered:,} events" if covered else "None has been published",
            ),
            ("Events that no checkpoint covers yet", f"{max(book.position - (covered or 0), 0):,}"),
        ],
        checkpoint=checkpoint,
        has_log=ports.log is not None,
        can_verify=ports.audit is not None,
        verified=_verified(request, ports.audit.last) if ports.audit and ports.audit.last else None,
        may_have_bag=_sees_everything(request, book),
        form_token=visit_of(request).form_token,
        columns=COLUMNS,
        some=some,
        notices=[
            {
                "title": notice.terms.title,
                "history": f"/history/{notice.terms.id}",
                "decisions": f"/notice/{notice.terms.id}/decisions",
                "replay": f"/notice/{notice.terms.id}/replay",
                "conformance": f"/notice/{notice.terms.id}/conformance",
                "compare": f"/notice/{notice.terms.id}/compare",
                "corrections": [
                    _row(book, notice.terms.id, each) for each in corrections(book, notice.terms.id)
                ],
            }
            for notice in some.shown
        ],
    )


def _covered(checkpoint: str | None) -> int | None:
    """How many events a checkpoint is over: its second line (c2sp.org/tlog-checkpoint)."""
    lines = checkpoint.splitlines() if checkpoint else []
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else None


def _verified(request: Request, found: Verified) -> dict[str, Any]:
    return {
        "sound": found.sound,
        "findings": found.findings,
        "facts": [
            ("Looked at on", f"{moment(found.at, ports_of(request).zone)}, by this machine’s own clock"),
            ("Events", f"{found.size:,}"),
            ("Root of the tree", found.root),
            ("Not judged", " ".join(found.remarks) or None),
        ],
    }


def _row(book: SeenBy, notice: str, row: CorrectionRow) -> list[Any]:
    about, of = row.about, "The notice itself"
    if row.occurrence:
        case = book.case(row.occurrence)
        of = occurrence_title(case.notice, case.occurrence.facts)
    by = person_name(book.notice(notice), about.proposed_by)
    return [
        {"text": f"Event {row.event}", "href": event_page(row.event)},
        of,
        about.field.replace("_", " "),
        about.was,
        about.now,
        about.reason,
        f"{row.standing.capitalize()}, as {by} proposed",
    ]


def _sees_everything(request: Request, book: SeenBy) -> bool:
    """Of every notice in the record, those that are foreign to them included: the bag holds them all."""
    return all(book.hides_nothing(each.terms.id) for each in ports_of(request).casebook.notices())


def _audit_of(request: Request) -> Audit:
    found = ports_of(request).audit
    if found is None:
        raise NotFound("The record cannot be verified from this desk.")
    return found
