"""One occurrence: where it stands, why, and everything that happened to it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import on_occurrence
from desk.addresses import decisions_page, event_page, notice_page, obligation_page, task_page, why_page
from desk.book import Book
from desk.happenings import with_waits
from desk.looking_back import now_of
from desk.pages.task import shown_submission
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day
from domain.identity import OccurrenceId
from domain.time.zones import zone_named
from projections.acts_of_judgement import JUDGEMENTS
from projections.case_tasks import tasks_in
from projections.casebook import Casebook
from projections.chronology import chronology
from projections.task_detail import task_detail
from projections.tasks import task_row
from projections.why import Reason, why_it_stands

router = APIRouter(include_in_schema=False)
EVERYTHING = 100_000


@router.get("/notice/{notice}/occurrences/{obligation}/{period}")
async def one_occurrence(
    request: Request, persona: SignedIn, book: Book, notice: str, obligation: str, period: str
) -> Response:
    """Why it stands as it does: a chain of sentences, each with the event it rests on."""
    now = now_of(request)
    occurrence = OccurrenceId(notice, obligation, period)
    case = book.case(occurrence)
    zone = zone_named(case.notice.terms.zone)
    detail = task_detail(book, occurrence, "owed", persona.id, now)
    tasks = [(task, task_row(case, task, persona.id, now)) for task in tasks_in(case)]
    reasons = why_it_stands(book, occurrence, now)
    history = chronology(book, notice, occurrence, per_page=EVERYTHING)
    return await render(
        request,
        "occurrence.html",
        detail=detail,
        row=detail.row,
        notice_href=notice_page(notice),
        why_href=why_page(occurrence),
        obligation_href=obligation_page(notice, obligation),
        decisions_href=decisions_page(occurrence) if _was_decided(book, occurrence) else None,
        facts=[
            ("Clause", f"{detail.clause_name}, {detail.strength}"),
            ("Owed by", detail.obligor),
            ("Owed to", detail.obligee),
            ("Due", f"By the end of {day(detail.row.due_on)}"),
        ],
        tasks=[
            {"for": " or ".join(row.people), "href": task_page(occurrence, task.id), "open": task.is_open}
            for task, row in tasks
        ],
        chain=[_link(reason) for reason in reasons if reason.kind != "interpretation"],
        readings=[_link(reason) for reason in reasons if reason.kind == "interpretation"],
        submissions=[shown_submission(each, zone) for each in detail.submissions],
        acts=[(each.href, each.text) for each in on_occurrence(book, occurrence, persona, now).values()],
        events=list(with_waits(history.rows, zone)),
    )


def _was_decided(book: Casebook, occurrence: OccurrenceId) -> bool:
    return any(isinstance(entry.event, JUDGEMENTS) for entry in book.history(occurrence))


def _link(reason: Reason) -> dict[str, str | None]:
    if reason.index is None:
        return {"sentence": reason.sentence, "source": "reckoned from the record", "href": None}
    return {"sentence": reason.sentence, "source": f"event {reason.index}", "href": event_page(reason.index)}
