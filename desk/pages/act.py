"""Signing from the page of a task: acknowledge, accept, record a review, record an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
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
    Command,
    RecordAssessment,
    RecordReviewHeld,
)
from domain.identity import OccurrenceId
from projections.casebook import Casebook

router = APIRouter(include_in_schema=False)
PAGE = "/tasks/{notice}/{obligation}/{period}/{task}"
Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody at the page of a task, about to sign. `slip` makes two sendings of one form one act."""

    request: Request
    persona: Persona
    book: Casebook
    occurrence: OccurrenceId
    task: str
    slip: str

    async def ask(self, command: Command, done: str, **typed: str) -> Response:
        """Back to the task with a receipt, or the same page with the reason why not and everything that was typed."""
        self.book.case(self.occurrence)
        answer = await sign(self.request, self.persona, command, self.slip)
        if isinstance(answer, Trouble):
            return await self.again(answer.status, typed, refusal=answer.sentence)
        await hand_over(self.request, done, answer)
        return RedirectResponse(task_page(self.occurrence, self.task), 303)

    async def again(
        self,
        status: int,
        typed: dict[str, str],
        errors: dict[str, str] | None = None,
        refusal: str | None = None,
    ) -> Response:
        """The page once more, with nothing lost."""
        return await draw_task(
            self.request,
            self.persona,
            self.book,
            self.occurrence,
            self.task,
            status=status,
            typed={"slip": self.slip, **typed},
            errors=errors or {},
            refusal=refusal,
        )


async def _at_the_task(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
    slip: Text = "",
) -> Signing:
    return Signing(request, persona, book, OccurrenceId(notice, obligation, period), task, slip)


AtTheTask = Annotated[Signing, Depends(_at_the_task)]


@router.post(f"{PAGE}/acknowledge")
async def acknowledge(here: AtTheTask) -> Response:
    """Somebody says: I have seen this and it is mine."""
    return await here.ask(AcknowledgeTask(here.occurrence, here.task), "Acknowledged.")


@router.post(f"{PAGE}/accept")
async def accept(here: AtTheTask) -> Response:
    """The report is accepted for those to whom it is owed."""
    return await here.ask(AcceptReport(here.occurrence), "Report accepted.")


@router.post(f"{PAGE}/review")
async def record_review(
    here: AtTheTask,
    summary: Text = "",
    day: Annotated[str, Form(alias="held_on-day")] = "",
    month: Annotated[str, Form(alias="held_on-month")] = "",
    year: Annotated[str, Form(alias="held_on-year")] = "",
) -> Response:
    """A review was held on a day."""
    typed = {"summary": summary, "day": day, "month": month, "year": year}
    held_on = day_from_parts(day, month, year)
    errors = {} if summary.strip() else {"summary": "Say in a few sentences what the review found"}
    if isinstance(held_on, str):
        return await here.again(422, typed, {"held_on-day": held_on, **errors})
    if errors:
        return await here.again(422, typed, errors)
    command = RecordReviewHeld(here.occurrence, held_on, summary)
    return await here.ask(command, "The review is recorded as held.", **typed)


@router.post(f"{PAGE}/assess")
async def assess(here: AtTheTask, finding: Text = "") -> Response:
    """The final assessment of what was delivered."""
    if not finding.strip():
        return await here.again(422, {"finding": finding}, {"finding": "Say what was found"})
    command = RecordAssessment(here.occurrence, finding)
    return await here.ask(command, "The assessment is recorded.", finding=finding)
