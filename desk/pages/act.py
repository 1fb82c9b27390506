"""Signing from the page of a task: acknowledge, claim, accept, record a review, record an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.dates import day_from_parts
from desk.form_page import NOTHING_TYPED, Again, Text
from desk.pages.task import draw_task, is_judged
from desk.signing import Trouble
from desk.typed import as_text
from domain.commands import AcceptReport, AcknowledgeTask, ClaimTask, RecordAssessment, RecordReviewHeld
from domain.meeting.assessing import OUTCOMES

router = APIRouter(include_in_schema=False)


@router.post(f"{PAGE}/acknowledge")
async def acknowledge(here: AtTheTask) -> Response:
    """Somebody says: I have seen this and it is mine."""
    return await here.ask(AcknowledgeTask(here.occurrence, here.task), _again(here))


@router.post(f"{PAGE}/claim")
async def claim(here: AtTheTask) -> Response:
    """Somebody takes a task that several people could do."""
    return await here.ask(ClaimTask(here.occurrence, here.task), _again(here))


@router.post(f"{PAGE}/accept")
async def accept(here: AtTheTask) -> Response:
    """The report is accepted for those to whom it is owed."""
    return await here.ask(AcceptReport(here.occurrence), _again(here))


@router.post(f"{PAGE}/review")
async def record_review(
    here: AtTheTask,
    summary: Text = "",
    day: Annotated[str, Form(alias="held_on-day")] = "",
    month: Annotated[str, Form(alias="held_on-month")] = "",
    year: Annotated[str, Form(alias="held_on-year")] = "",
) -> Response:
    """A review was held on a day."""
    themes = tuple(as_text(each) for each in (await here.request.form()).getlist("themes"))
    typed = {"summary": summary, "day": day, "month": month, "year": year, "themes": "\n".join(themes)}
    held_on = day_from_parts(day, month, year)
    errors = {} if summary.strip() else {"summary": "Say in a few sentences what the review found"}
    if isinstance(held_on, str):
        return await _draw(here, typed, errors={"held_on-day": held_on, **errors})
    if errors:
        return await _draw(here, typed, errors=errors)
    return await here.ask(RecordReviewHeld(here.occurrence, held_on, summary, themes), _again(here, typed))


@router.post(f"{PAGE}/assess")
async def assess(here: AtTheTask, finding: Text = "", outcome: Text = "") -> Response:
    """The final assessment of what was delivered, or a judgement that is owed."""
    typed = {"finding": finding, "outcome": outcome}
    wanted = is_judged(here.case) and outcome not in OUTCOMES
    errors = {
        **({"outcome": "Choose whether it is met"} if wanted else {}),
        **({} if finding.strip() else {"finding": "Say what was found"}),
    }
    if errors:
        return await _draw(here, typed, errors=errors)
    command = RecordAssessment(here.occurrence, finding, outcome or None)
    return await here.ask(command, _again(here, typed))


def _again(here: Signing, typed: Mapping[str, str] = NOTHING_TYPED) -> Again:
    return partial(_draw, here, typed)


async def _draw(
    here: Signing,
    typed: Mapping[str, str],
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    """The page of the task once more, with nothing lost."""
    return await draw_task(
        here.request,
        here.persona,
        here.book,
        here.occurrence,
        here.task,
        status=trouble.status if trouble else 422,
        typed={"slip": here.slip, **typed},
        errors=errors,
        refusal=trouble.sentence if trouble else None,
    )
