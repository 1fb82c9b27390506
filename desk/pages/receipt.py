"""The receipt of an act: what was recorded, where it stands, by which hash, and the way to its proof."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import consideration_page, event_page, occurrence_page, task_page
from desk.book import Book
from desk.doing import still_to_do
from desk.looking_back import now_of
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
}


@router.get("/receipts/{index}")
async def one_receipt(request: Request, persona: SignedIn, book: Book, index: int) -> Response:
    """Every event of the act that begins with this one; raises NotFound where it is hidden."""
    act = _act(book, index)
    first = act[0]
    if first.record.envelope.notice is None:
        raise NotFound(f"Event {index} belongs to no notice.")
    notice = book.notice(first.record.envelope.notice)
    zone = zone_named(notice.terms.zone)
    case = book.case(first.occurrence) if first.occurrence else None
    detail = _task(book, first, persona.id, request)
    log = ports_of(request).log
    kinds = [each.record.type for each in act]
    return await render(
        request,
        "receipt.html",
        heading=next((HEADINGS[kind] for kind in kinds if kind in HEADINGS), "Recorded"),
        title=occurrence_title(notice, case.occurrence.facts) if case else notice.terms.title,
        recorded=moment(first.recorded, zone),
        task=detail and {"href": task_page(detail.row.occurrence, detail.row.task), "open": detail.is_open},
        still_to_do=still_to_do(detail) if detail and detail.is_open else None,
        consideration_href=consideration_page(first.occurrence)
        if case and case.occurrence.consideration and first.occurrence
        else None,
        occurrence_href=occurrence_page(first.occurrence) if first.occurrence else None,
        events=[
            {
                "index": each.index,
                "leaf": each.record.leaf,
                "sentence": tell_entry(each, notice, _about(book, each)),
                "href": event_page(each.index),
                "proof": f"/log/proof/{each.index}" if log and log.proof_text(each.index) else None,
            }
            for each in act
        ],
        log_is_published=log is not None,
    )


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
