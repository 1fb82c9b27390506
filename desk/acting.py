"""Somebody at the page of a task, about to sign: how every form of it is drawn, sent, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import task_page
from desk.book import BookAtHand
from desk.form_page import Again, Text, ask, draw_form
from desk.looking_back import now_of
from desk.ports import Persona
from desk.signing_in import SignedIn
from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.task_detail import TaskDetail, task_detail

PAGE = "/tasks/{notice}/{obligation}/{period}/{task}"


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
        """Raises NotFound, as `case` does."""
        self.book.case(self.occurrence)
        return await ask(self.request, self.persona, command, self.slip, again)

    async def draw(self, template: str, **facts: Any) -> Response:
        """One form of this task; `facts` as `draw_form` takes them."""
        detail = self.detail
        return await draw_form(
            self.request,
            template,
            self.slip,
            persona=self.persona,
            detail=detail,
            row=detail.row,
            here=self.here,
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
