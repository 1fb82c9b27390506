"""One task: why it is there, whose it is, what happens next, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import on_occurrence
from desk.addresses import occurrence_page, task_page
from desk.book import Book
from desk.doing import done_besides, done_on_another_page, may_submit, still_to_do
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import new_slip
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.case import Case
from domain.identity import OccurrenceId
from domain.meeting.assessing import OUTCOMES
from domain.reviewing.themes import themes_of
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.ladder_steps import LadderStep
from projections.other_ways import OtherWay, other_ways
from projections.task_detail import SubmissionRow, TaskDetail, task_detail
from projections.words import capital

router = APIRouter(include_in_schema=False)
NOBODY_ASKED: Mapping[str, str] = {}
IN_WORDS: Mapping[OtherWay, str] = {
    "extension": "Ask for more time",
    "reassign": "Give this task to somebody else",
    "delegate": "Let somebody act for you on some days",
    "escalate": "Report a blocker, and bring it to the next in line now",
    "refuse": "Say that you will not do it",
}


@router.get("/tasks/{notice}/{obligation}/{period}/{task}")
async def one_task(
    request: Request, persona: SignedIn, book: Book, notice: str, obligation: str, period: str, task: str
) -> Response:
    """A task as the signed-in person sees it; those who hold its role see its forms."""
    return await draw_task(request, persona, book, OccurrenceId(notice, obligation, period), task)


async def draw_task(
    request: Request,
    persona: Persona,
    book: Casebook,
    occurrence: OccurrenceId,
    task: str,
    *,
    status: int = 200,
    typed: Mapping[str, str] = NOBODY_ASKED,
    errors: Mapping[str, str] = NOBODY_ASKED,
    refusal: str | None = None,
) -> Response:
    """The page, with what was typed and what was wrong with it; raises NotFound."""
    now = now_of(request)
    detail = task_detail(book, occurrence, task, persona.id, now)
    zone = zone_named(detail.row.zone)
    case = book.case(occurrence)
    ways = other_ways(case, task, persona.id, now)
    acts = on_occurrence(book, occurrence, persona, now)
    return await render(
        request,
        "task.html",
        status=status,
        persona=persona,
        form_token=visit_of(request).form_token,
        detail=detail,
        row=detail.row,
        here=task_page(occurrence, task),
        occurrence_href=occurrence_page(occurrence),
        supplement=bool(detail.submissions) and may_submit(case, persona.id, now),
        may_claim="claim" in ways and _has_no_taker(detail),
        others=[
            *((f"{task_page(occurrence, task)}/{way}", IN_WORDS[way]) for way in IN_WORDS if way in ways),
            *done_besides(detail.row, acts),
        ],
        pages=done_on_another_page(detail.row, acts),
        still_to_do=still_to_do(detail),
        facts=_facts(detail, zone),
        ladder=_to_come(detail, zone),
        done=_done(detail, zone),
        messages=_messages(detail, zone),
        submissions=[shown_submission(each, zone) for each in detail.submissions],
        outcomes=OUTCOMES if is_judged(case) else (),
        themes=[
            {"value": each, "text": capital(each), "checked": each in typed.get("themes", "").splitlines()}
            for each in themes_of(case.notice, occurrence.obligation)
        ],
        slip=typed.get("slip") or new_slip(),
        typed=typed,
        errors=dict(errors),
        refusal=refusal,
    )


def is_judged(case: Case) -> bool:
    """Where a judgement is what is owed, it says whether the matter is met."""
    return case.occurrence.facts.kind == "after-event"


def _has_no_taker(detail: TaskDetail) -> bool:
    """Several could do it and nobody has said that they will; or whoever had it will not."""
    row = detail.row
    return row.claimed_by is None and (len(row.people) > 1 or row.refused_by is not None)


def _facts(detail: TaskDetail, zone: ZoneInfo) -> list[tuple[str, str | None]]:
    row = detail.row
    taken = f"{row.acknowledged_by}, {moment(row.acknowledged_at, zone)}" if row.acknowledged_at else None
    return [
        ("Owed by", detail.obligor),
        ("Owed to", detail.obligee),
        ("This task is for", " or ".join(row.people)),
        ("Due", f"By the end of {day(row.due_on)}"),
        ("Opened", moment(row.opened, zone)),
        ("Acknowledged", taken or ("Not yet" if detail.is_open and detail.is_acknowledged_first else None)),
        ("Taken by", row.claimed_by),
        ("Refused by", row.refused_by),
        ("Arrived", moment(detail.met_at, zone) if detail.met_at else None),
    ]


def _to_come(detail: TaskDetail, zone: ZoneInfo) -> list[dict[str, str]]:
    """What is still to be done by the ladder, if nothing changes; a reminder has no day before what it reminds of."""
    dated = [(step.when, step) for step in detail.ladder if step.status == "waiting" and step.when]
    return [
        {"when": moment(when, zone), "sentence": f"{step.what}{_condition(step)}."}
        for when, step in sorted(dated, key=_first)
    ]


def _condition(step: LadderStep) -> str:
    return ", if it has not been acknowledged by then" if step.chases else ""


def _done(detail: TaskDetail, zone: ZoneInfo) -> list[dict[str, str]]:
    raised = [(step.when, step) for step in detail.ladder if step.status == "raised" and step.when]
    return [
        {"when": moment(when, zone), "sentence": _what_was_done(step, zone)}
        for when, step in sorted(raised, key=_first)
    ]


def _first(pair: tuple[datetime, LadderStep]) -> datetime:
    return pair[0]


def _what_was_done(step: LadderStep, zone: ZoneInfo) -> str:
    taken = ""
    if step.acknowledged_at:
        taken = f" {step.acknowledged_by} acknowledged it on {moment(step.acknowledged_at, zone)}."
    return f"{step.what}.{taken}"


def _messages(detail: TaskDetail, zone: ZoneInfo) -> list[list[str]]:
    return [
        [
            f"{each.name}, {each.role}",
            each.about,
            moment(each.called_for, zone),
            _delivery(each.delivery, each.settled_at, each.fault, zone),
        ]
        for each in detail.messages
    ]


def _delivery(delivery: str, settled_at: datetime | None, fault: str | None, zone: ZoneInfo) -> str:
    when = f" on {moment(settled_at, zone)}" if settled_at else ""
    return f"{capital(delivery)}{when}{f': {fault}' if fault else ''}"


def shown_submission(given: SubmissionRow, zone: ZoneInfo) -> dict[str, object]:
    """A version of a report, with its sections as they were written."""
    return {
        "version": given.version,
        "by": given.by,
        "received": moment(given.received_at, zone),
        "late": given.late,
        "sections": given.sections,
        "missing": [each.section.title for each in given.sections if each.missing],
        "returned": given.returned_by,
        "returned_because": given.returned_because,
        "accepted": given.accepted_at and f"{given.accepted_by}, {moment(given.accepted_at, zone)}",
    }
