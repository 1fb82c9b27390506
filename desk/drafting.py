"""Somebody who keeps a notice, with a draft of one before them: whose it is, what its file says, and how its pages are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.book import Book
from desk.building import CutShort, FileFault, FileRead, NoticeBuilder
from desk.form_page import Text, draw_form
from desk.looking_back import now_of
from desk.ports import Persona
from desk.signing_in import SignedIn, ports_of
from domain.notice.as_issued import as_issued
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.notice_drafts import NoticeDraft
from domain.time.zones import local_date
from projections.casebook import Casebook

BUILD = "/build"


def draft_page(draft: UUID, part: str = "") -> str:
    return f"{BUILD}/{draft}{f'/{part}' if part else ''}"


def keeping_roles(request: Request, persona: Persona) -> tuple[str, ...]:
    """The roles, written notice/role, in which they keep a notice today; the newest notice first. Theirs are its drafts."""
    ports = ports_of(request)
    found: list[str] = []
    for notice in reversed(ports.casebook.notices()):
        held = notice.roles_of(persona.id, local_date(ports.clock_now(), notice.terms.zone))
        found.extend(f"{notice.terms.id}/{role}" for role in held if role in notice.keeping_roles)
    return tuple(found)


def builder_of(request: Request) -> NoticeBuilder:
    builder = ports_of(request).builder
    if builder is None:
        raise HTTPException(404)
    return builder


@dataclass(frozen=True)
class Drafting:
    """One draft. `read` is what its file says; nothing of it is part of the record."""

    request: Request
    persona: Persona
    book: Casebook
    draft: NoticeDraft
    owners: tuple[str, ...]
    read: FileRead
    slip: str = ""

    @property
    def here(self) -> str:
        return draft_page(self.draft.id)

    @cached_property
    def notice(self) -> Notice:
        """As it would stand on the day of its issue; for a sound file only."""
        assert self.read.terms is not None, "pages about what a file comes to are for sound files"
        return as_issued(self.read.terms)

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        return expected(self.notice)

    @cached_property
    def in_the_record(self) -> Notice | None:
        """The notice of the same name that they can see in the record."""
        if self.read.terms is None:
            return None
        wanted = self.read.terms.notice.id
        return next((each for each in self.book.notices() if each.terms.id == wanted), None)

    async def draw(self, template: str, **facts: Any) -> Response:
        """One page of this draft; `facts` as `draw_form` takes them."""
        return await draw_form(
            self.request,
            template,
            self.slip,
            draft=self.draft,
            here=self.here,
            notice_navigation=self._navigation() if self.read.terms else None,
            in_the_record=self.in_the_record,
            looks_back=None,  # a draft has no past
            **facts,
        )

    def _navigation(self) -> dict[str, Any]:
        path = self.request.url.path
        return {
            "label": "This draft",
            "links": [
                {"text": text, "href": href, "current": "page" if path == href else None}
                for text, href in ((text, draft_page(self.draft.id, part)) for text, part in self._parts())
            ],
        }

    def _parts(self) -> list[tuple[str, str]]:
        parts = [("The file", ""), ("What it asks for", "asks"), ("Weeks and clashes", "weeks")]
        parts += [("Rehearse", "rehearse"), ("Compare", "compare")]
        if self.in_the_record is None:
            return [*parts, ("Issue", "issue")]
        return [*parts, ("Vary", "vary"), ("Supersede", "supersede")]


async def _at_the_draft(
    request: Request, persona: SignedIn, book: Book, draft: UUID, slip: Text = ""
) -> Drafting:
    now_of(request)
    owners = keeping_roles(request, persona)
    kept = await ports_of(request).notice_drafts.one(draft, owners)
    if kept is None:
        raise HTTPException(404)
    return Drafting(request, persona, book, kept, owners, await read_or_say_why_not(request, kept.text), slip)


async def read_or_say_why_not(request: Request, text: str) -> FileRead:
    """A file that could not be looked at has that for its fault."""
    try:
        return await builder_of(request).read(text)
    except CutShort as fault:
        return FileRead(None, (FileFault(1, "", str(fault), ""),))


AtTheDraft = Annotated[Drafting, Depends(_at_the_draft)]


def to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)
