"""Somebody at the page of a task, about to sign: how every form of it is drawn, sent, and answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import receipt_page, task_page
from desk.book import BookAtHand
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import Trouble, new_slip, sign
from desk.signing_in import SignedIn
from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.task_detail import TaskDetail, task_detail

PAGE = "/tasks/{notice}/{obligation}/{period}/{task}"
Text = Annotated[str, Form()]
Again = Callable[[Trouble], Awaitable[Response]]
NOTHING_TYPED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Signing:
    """`slip` makes two sendings of one form one act. `page`: where one comes from, if that is not the task's own page."""

    request: Request
    persona: Persona
    book: Casebook
    occurrence: OccurrenceId
    task: str
    slip: str
    page: str | None = None

    @property
    def now(self) -> datetime:
        return now_of(self.request)

    @property
    def case(self) -> Case:
        """Raises NotFound, also for what is hidden from this person."""
        return self.book.case(self.occurrence)

    @property
    def detail(self) -> TaskDetail:
        return task_detail(self.book, self.occurrence, self.task, self.persona.id, self.now)

    @property
    def here(self) -> str:
        return self.page or task_page(self.occurrence, self.task)

    async def ask(self, command: Command, again: Again) -> Response:
        """On to the receipt; or what `again` draws, with the reason why not and everything that was typed."""
        self.book.case(self.occurrence)
        answer = await sign(self.request, self.persona, command, self.slip)
        if isinstance(answer, Trouble):
            return await again(answer)
        return RedirectResponse(receipt_page(answer.first_index), 303)

    async def draw(
        self,
        template: str,
        *,
        typed: Mapping[str, str] = NOTHING_TYPED,
        errors: Mapping[str, str] = NOTHING_TYPED,
        trouble: Trouble | None = None,
        **facts: Any,
    ) -> Response:
        """One form of this task. Nothing that was typed is lost, whatever became of it."""
        detail = self.detail
        return await render(
            self.request,
            template,
            status=trouble.status if trouble else 422 if errors else 200,
            persona=self.persona,
            form_token=visit_of(self.request).form_token,
            detail=detail,
            row=detail.row,
            here=self.here,
            slip=self.slip or new_slip(),
            typed=typed,
            errors=dict(errors),
            refusal=trouble.sentence if trouble else None,
            **facts,
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
