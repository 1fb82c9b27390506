"""Signing from the page of a task: acknowledge, accept, record a review, record an assessment."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import task_page
from desk.book import BookAtHand
from desk.dates import day_from_parts
from desk.pages.task import draw_task
from desk.ports import Persona
from desk.signing import Trouble, hand_over, sign
from desk.signing_in import SignedIn
from domain.commands import (
    AcceptReport,
    AcknowledgeTask,
    OccurrenceCommand,
    RecordAssessment,
    RecordReviewHeld,
)
from domain.identity import OccurrenceId
from projections.casebook import Casebook

router = APIRouter(include_in_schema=False)
PAGE = "/tasks/{notice}/{obligation}/{period}/{task}"
Text = Annotated[str, Form()]


@router.post(f"{PAGE}/acknowledge")
async def acknowledge(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
    slip: Text = "",
) -> Response:
    """Somebody says: I have seen this and it is mine."""
    occurrence = OccurrenceId(notice, obligation, period)
    command = AcknowledgeTask(occurrence, task)
    return await _signed(request, persona, book, task, command, "Acknowledged.", {"slip": slip})


@router.post(f"{PAGE}/accept")
async def accept(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
    slip: Text = "",
) -> Response:
    """The report is accepted for those to whom it is owed."""
    command = AcceptReport(OccurrenceId(notice, obligation, period))
    return await _signed(request, persona, book, task, command, "Report accepted.", {"slip": slip})


@router.post(f"{PAGE}/review")
async def record_review(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
    slip: Text = "",
    summary: Text = "",
    day: Annotated[str, Form(alias="held_on-day")] = "",
    month: Annotated[str, Form(alias="held_on-month")] = "",
    year: Annotated[str, Form(alias="held_on-year")] = "",
) -> Response:
    """A review was held on a day."""
    occurrence = OccurrenceId(notice, obligation, period)
    typed = {"slip": slip, "summary": summary, "day": day, "month": month, "year": year}
    held_on = day_from_parts(day, month, year)
    errors = {}
    if isinstance(held_on, str):
        errors["held_on-day"] = held_on
    if not summary.strip():
        errors["summary"] = "Say in a few sentences what the review found"
    if isinstance(held_on, str) or errors:
        return await draw_task(
            request, persona, book, occurrence, task, status=422, typed=typed, errors=errors
        )
    command = RecordReviewHeld(occurrence, held_on, summary)
    return await _signed(request, persona, book, task, command, "The review is recorded as held.", typed)


@router.post(f"{PAGE}/assess")
async def assess(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
    slip: Text = "",
    finding: Text = "",
) -> Response:
    """The final assessment of what was delivered."""
    occurrence = OccurrenceId(notice, obligation, period)
    typed = {"slip": slip, "finding": finding}
    if not finding.strip():
        errors = {"finding": "Say what was found"}
        return await draw_task(
            request, persona, book, occurrence, task, status=422, typed=typed, errors=errors
        )
    command = RecordAssessment(occurrence, finding)
    return await _signed(request, persona, book, task, command, "The assessment is recorded.", typed)


async def _signed(
    request: Request,
    persona: Persona,
    book: Casebook,
    task: str,
    command: OccurrenceCommand,
    done: str,
    typed: dict[str, str],
) -> Response:
    """Back to the task with a receipt, or the same page with the reason why not and everything that was typed."""
    occurrence = command.occurrence
    book.case(occurrence)
    answer = await sign(request, persona, command, typed.get("slip", ""))
    if isinstance(answer, Trouble):
        return await draw_task(
            request,
            persona,
            book,
            occurrence,
            task,
            status=answer.status,
            typed=typed,
            refusal=answer.sentence,
        )
    await hand_over(request, done, answer)
    return RedirectResponse(task_page(occurrence, task), 303)
