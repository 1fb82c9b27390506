"""Somebody about to sign an act on the notice itself: how every such form is drawn, weighed, sent, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from desk.book import BookAtHand
from desk.form_page import Afterwards, Again, Text, ask, draw_form
from desk.looking_back import now_of
from desk.ports import Persona
from desk.signing import Trouble, weigh
from desk.signing_in import SignedIn
from domain.case import Draft
from domain.commands import Command
from domain.notice.state import Notice
from domain.who import today
from projections.casebook import Casebook


@dataclass(frozen=True, slots=True)
class UnderNotice:
    """`slip` makes two sendings of one form one act."""

    request: Request
    persona: Persona
    book: Casebook
    notice_id: str
    slip: str

    @property
    def now(self) -> datetime:
        return now_of(self.request)

    @property
    def notice(self) -> Notice:
        """Raises NotFound."""
        return self.book.notice(self.notice_id)

    @property
    def today(self) -> date:
        return today(self.notice, self.now)

    async def weigh(self, command: Command) -> tuple[Draft, ...] | Trouble:
        """What would come of it now, or why it would be refused. Nothing is recorded."""
        weighed = await weigh(self.request, self.persona, command)
        return weighed if isinstance(weighed, Trouble) else weighed[1]

    async def ask(self, command: Command, again: Again, afterwards: Afterwards | None = None) -> Response:
        return await ask(self.request, self.persona, command, self.slip, again, afterwards)

    async def draw(self, template: str, **facts: Any) -> Response:
        """One form of this notice; `facts` as `draw_form` takes them."""
        return await draw_form(
            self.request,
            template,
            self.slip,
            persona=self.persona,
            notice_title=self.notice.terms.title,
            here=self.request.url.path,
            **facts,
        )


async def _under_the_notice(
    request: Request, persona: SignedIn, book: BookAtHand, notice: str, slip: Text = ""
) -> UnderNotice:
    return UnderNotice(request, persona, book, notice, slip)


AtTheNotice = Annotated[UnderNotice, Depends(_under_the_notice)]
