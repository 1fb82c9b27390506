"""Somebody about to sign an act on the notice itself: how every such form is drawn, weighed, sent, and answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.acting import NOTHING_TYPED, Text
from desk.addresses import receipt_page
from desk.book import BookAtHand
from desk.looking_back import now_of
from desk.permission_table import act_of
from desk.permissions import require
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import NOTHING_SAVED, Trouble, new_slip, sign
from desk.signing_in import SignedIn, ports_of
from domain.actor import Actor
from domain.case import Draft
from domain.commands import Command
from domain.notice.state import Notice
from domain.reach import notice_of
from domain.record import LedgerUnreachable
from domain.refusals import Refused
from domain.who import today
from projections.casebook import Casebook

Again = Callable[[Trouble], Awaitable[Response]]
Afterwards = Callable[[], Awaitable[None]]


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
        require(self.request, act_of(command), notice_of(command))
        try:
            _, drafts = await ports_of(self.request).office.weighed(command, Actor("person", self.persona.id))
        except Refused as refused:
            return Trouble(409, refused.refusal.sentence)
        except LedgerUnreachable:
            return Trouble(503, NOTHING_SAVED)
        return drafts

    async def ask(self, command: Command, again: Again, afterwards: Afterwards | None = None) -> Response:
        """On to the receipt; or what `again` draws, with the reason why not and everything that was typed."""
        answer = await sign(self.request, self.persona, command, self.slip)
        if isinstance(answer, Trouble):
            return await again(answer)
        if afterwards is not None:
            await afterwards()
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
        """One form of this notice. Nothing that was typed is lost, whatever became of it."""
        return await render(
            self.request,
            template,
            status=trouble.status if trouble else 422 if errors else 200,
            persona=self.persona,
            form_token=visit_of(self.request).form_token,
            notice_title=self.notice.terms.title,
            here=self.request.url.path,
            slip=self.slip or new_slip(),
            typed=typed,
            errors=dict(errors),
            refusal=trouble.sentence if trouble else None,
            **facts,
        )


async def _under_the_notice(
    request: Request, persona: SignedIn, book: BookAtHand, notice: str, slip: Text = ""
) -> UnderNotice:
    return UnderNotice(request, persona, book, notice, slip)


AtTheNotice = Annotated[UnderNotice, Depends(_under_the_notice)]
