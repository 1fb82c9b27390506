"""The receipt of an act: what was recorded, where it stands, by which hash, and the way to its proof."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import consideration_page, event_page, occurrence_page, task_page
from desk.book import Book
from desk.doing import still_to_do
from desk.looking_back import now_of
from desk.paper.printing import pdf_answer
from desk.ports import Persona
from desk.render import render
from desk.signing_in import SignedIn, ports_of
from desk.words import moment
from domain.occurrence.state import Occurrence
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.task_detail import TaskDetail, task_detail
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)

HEADINGS = {
    "task-acknowledged.v1": "Acknowledged",
    "task-claimed.v1": "It is yours",
    "task-reassigned.v1": "Given to somebody else",
    "task-refused.v1": "Refused",
    "role-delegated.v1": "Delegated",
    "person-appointed.v1": "Appointed",
    "appointment-ended.v1": "The appointment ends",
    "escalation-raised.v1": "Brought to the next in line",
    "extension-requested.v1": "More time asked for",
    "extension-granted.v1": "More time given",
    "extension-refused.v1": "More time refused",
    "report-submitted.v1": "Report received",
    "report-accepted.v1": "Report accepted",
    "report-returned.v1": "Report returned",
    "evidence-lodged.v1": "Evidence lodged",
    "review-held.v1": "The review is recorded as held",
    "delivery-assessed.v1": "The assessment is recorded",
    "concern-recorded.v1": "Concern recorded",
    "concern-closed.v1": "Concern closed",
    "concern-referred.v1": "Concern referred",
    "consideration-opened.v1": "Consideration opened",
    "representations-invited.v1": "Representations invited",
    "representations-made.v1": "Representations received",
    "representations-answered.v1": "Representations answered",
    "decision-proposed.v1": "Proposed and signed",
    "decision-made.v1": "Decided",
    "decision-issued.v1": "Decision issued",
    "decision-published.v1": "Decision published",
    "party-agreed.v1": "Agreed",
    "review-planned.v1": "The review is planned",
    "review-notified.v1": "Notice of the review is given",
    "review-moved.v1": "The review is moved",
    "outcome-issued.v1": "The outcome is issued",
    "finding-acted-on.v1": "What was done is recorded",
    "finding-followed-up.v1": "Followed up",
    "item-confirmed.v1": "Confirmed as provided",
    "item-refused.v1": "Recorded as not provided",
    "request-answered.v1": "Answered",
    "non-cooperation-recorded.v1": "Recorded as not given",
    "attestation-given.v1": "Attested",
    "plan-adopted.v1": "The plan is adopted",
    "progress-updated.v1": "Up to date",
    "action-delivered.v1": "Recorded as delivered",
    "query-answered.v1": "Query answered",
    "update-commissioned.v1": "It is recorded that they are asked",
    "update-received.v1": "The answer is recorded",
    "clock-stopped.v1": "The clock stands",
    "clock-restarted.v1": "The clock runs",
    "occurrence-waived.v1": "Waived",
    "rung-withdrawn.v1": "Taken back",
    "interpretation-revised.v1": "Ruled anew",
    "holiday-proclaimed.v1": "The calendar has a new bank holiday",
    "body-succeeded.v1": "The succession is recorded",
    "compliance-rated.v1": "Rated",
    "visit-noted.v1": "The visit is noted",
    "obligation-released.v1": "No longer required",
    "notice-lifted.v1": "The notice is lifted",
    "correction-proposed.v1": "Correction proposed",
    "event-corrected.v1": "Corrected",
    "correction-rejected.v1": "Correction rejected",
}


@router.get("/receipts/{index}")
async def one_receipt(request: Request, persona: SignedIn, book: Book, index: int) -> Response:
    """Every event of the act that begins with this one; raises NotFound where it is hidden."""
    shown = _shown(request, persona, book, index)
    return await render(request, "receipt.html", pdf_href=f"/receipts/{index}/receipt.pdf", **shown)


@router.get("/receipts/{index}/receipt.pdf")
async def receipt_as_pdf(request: Request, persona: SignedIn, book: Book, index: int) -> Response:
    """The same receipt as a file."""
    shown = _shown(request, persona, book, index)
    return await pdf_answer(request, "receipt", f"receipt-{index}", **shown)


def _shown(request: Request, persona: Persona, book: Casebook, index: int) -> dict[str, Any]:
    act = _act(book, index)
    first = act[0]
    if first.record.envelope.notice is None:
        raise NotFound(f"Event {index} belongs to no notice.")
    notice = book.notice(first.record.envelope.notice)
    zone = zone_named(notice.terms.zone)
    case = book.case(first.occurrence) if first.occurrence else None
    detail = _task(book, first, persona.id, request)
    log = ports_of(request).log
    return {
        "heading": _heading(act),
        "title": occurrence_title(notice, case.occurrence.facts) if case else notice.terms.title,
        "recorded": moment(first.recorded, zone),
        "task": detail
        and {"href": task_page(detail.row.occurrence, detail.row.task), "open": detail.is_open},
        "still_to_do": still_to_do(detail) if detail and detail.is_open else None,
        "consideration_href": consideration_page(first.occurrence)
        if case and case.occurrence.consideration and first.occurrence
        else None,
        "occurrence_href": occurrence_page(first.occurrence) if first.occurrence else None,
        "events": [
            {
                "index": each.index,
                "leaf": each.record.leaf,
                "sentence": tell_entry(each, notice, _about(book, each)),
                "href": event_page(each.index),
                "proof": f"/log/proof/{each.index}" if log and log.proof_text(each.index) else None,
            }
            for each in act
        ],
        "log_is_published": log is not None,
    }


def _heading(act: list[Entry]) -> str:
    """By the first event that has one; what opens because somebody asked for it was asked for."""
    otherwise = "Asked for" if getattr(act[0].event, "asked_by", None) else "Recorded"
    kinds = (each.record.type for each in act)
    return next((HEADINGS[kind] for kind in kinds if kind in HEADINGS), otherwise)


def _act(book: Casebook, index: int) -> list[Entry]:
    """One act stands together in the record; a part of it that is hidden from this person is left out."""
    found = [book.event(index)]
    command = found[0].record.command_id
    for following in range(index + 1, book.position + 1):
        with suppress(NotFound):
            entry = book.event(following)
            if entry.record.command_id != command:
                break
            found.append(entry)
    return found


def _about(book: Casebook, entry: Entry) -> Occurrence | None:
    return book.case(entry.occurrence).occurrence if entry.occurrence else None


def _task(book: Casebook, entry: Entry, person: str, request: Request) -> TaskDetail | None:
    """The task that the act was done with, where it still has a page."""
    if entry.occurrence is None:
        return None
    now, task = now_of(request), getattr(entry.event, "task", None) or "owed"
    for named in dict.fromkeys((task, "owed")):
        with suppress(NotFound):
            return task_detail(book, entry.occurrence, named, person, now)
    return None
