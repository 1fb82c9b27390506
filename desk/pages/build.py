"""The notice builder: drafts in hand, and one of them with its file and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from desk.book import Book, BookAtHand
from desk.building import CutShort, FileRead
from desk.drafting import (
    BUILD,
    AtTheDraft,
    Drafting,
    builder_of,
    draft_page,
    keeping_roles,
    read_or_say_why_not,
    to,
)
from desk.evidence import size_in_words
from desk.form_page import NOTHING_TYPED, draw_form
from desk.looking_back import look_of
from desk.ports import Persona
from desk.sessions import visit_of
from desk.signing import NOTHING_SAVED, Trouble
from desk.signing_in import SignedIn, ports_of
from desk.typed import as_text
from desk.words import moment
from domain.notice.restating import restated
from domain.notice.state import Notice
from domain.notice_drafts import MOST, DraftInHand, NoticeDraft
from domain.record import LedgerUnreachable
from projections.casebook import Casebook

router = APIRouter(include_in_schema=False)
UNNAMED = "A draft without a title"
FULL = f"Your role has {MOST} drafts already, which is as many as are kept. Discard one first; what you typed is still here."
HIDDEN = "Part of this notice is not open to you, so it cannot be restated by you."


@router.get(BUILD)
async def drafts(request: Request, persona: SignedIn, book: Book) -> Response:
    """What is in hand, and three ways to begin."""
    look_of(request)
    return await _all(request, persona, book)


@router.post(BUILD)
async def begin(request: Request, persona: SignedIn, book: BookAtHand) -> Response:
    """From what was pasted, from a file, or from a notice as it reads now."""
    form = await request.form()
    owners = keeping_roles(request, persona)
    name = as_text(form.get("notice"))
    if name:
        return await _begin_from(request, persona, book, name)
    text = await _text_sent(form, builder_of(request).largest)
    fault = _fault(text, builder_of(request).largest, "Paste the text of a notice file, or choose a file")
    if fault:
        return await _all(request, persona, book, {"text": text}, {"text": fault})
    return await _keep_new(request, persona, book, owners[0], text)


@router.get(f"{BUILD}/{{draft}}")
async def one_draft(here: AtTheDraft) -> Response:
    return await _draw(here, {"text": here.draft.text})


@router.post(f"{BUILD}/{{draft}}")
async def save(request: Request, persona: SignedIn, book: BookAtHand, draft: UUID) -> Response:
    """Keep what was typed, and look at it. If somebody else has saved meanwhile, both are kept."""
    form = await request.form()
    text = await _text_sent(form, builder_of(request).largest)
    owners = keeping_roles(request, persona)
    fault = _fault(text, builder_of(request).largest, "The file is empty; to be rid of the draft, discard it")
    try:
        kept = await ports_of(request).notice_drafts.one(draft, owners)
        if kept is None:
            return await _keep_new(request, persona, book, owners[0], text) if not fault else to(BUILD)
        here = Drafting(request, persona, book, kept, owners, FileRead(None))
        if fault:
            return await _draw(here, {"text": text}, {"text": fault})
        if as_text(form.get("seen")) not in {"", _digest(kept.text), _digest(text)} and kept.text != text:
            return await _keep_both(here, text)
        return await _keep(here, text)
    except LedgerUnreachable:
        unsaved = NoticeDraft(draft, owners[0], UNNAMED, persona.id, datetime.now(UTC), text)
        here = Drafting(request, persona, book, unsaved, owners, FileRead(None))
        return await _draw(here, {"text": text}, trouble=Trouble(503, NOTHING_SAVED))


@router.post(f"{BUILD}/{{draft}}/discard")
async def discard(here: AtTheDraft) -> Response:
    await ports_of(here.request).notice_drafts.discard(here.draft.id, here.owners)
    await visit_of(here.request).flash(f"Discarded: {here.draft.title}.")
    return to(BUILD)


async def _begin_from(request: Request, persona: Persona, book: Casebook, name: str) -> Response:
    notice, whole = book.notice(name), ports_of(request).casebook.notice(name)
    if notice.obligations != whole.obligations:
        return await _all(request, persona, book, errors={"notice": HIDDEN})
    try:
        text = await builder_of(request).written(restated(whole))
    except CutShort as fault:
        return await _all(request, persona, book, errors={"notice": str(fault)})
    owners = keeping_roles(request, persona)
    owner = next((each for each in owners if each.startswith(f"{name}/")), owners[0])
    return await _keep_new(request, persona, book, owner, text)


async def _keep_new(request: Request, persona: Persona, book: Casebook, owner: str, text: str) -> Response:
    draft = uuid4()
    read = await read_or_say_why_not(request, text)
    try:
        kept = await ports_of(request).notice_drafts.keep(draft, owner, _title(read, text), text, persona.id)
    except LedgerUnreachable:
        return await _all(request, persona, book, {"text": text}, trouble=Trouble(503, NOTHING_SAVED))
    if not kept:
        return await _all(request, persona, book, {"text": text}, {"text": FULL})
    return to(draft_page(draft))


async def _keep(here: Drafting, text: str) -> Response:
    read = await read_or_say_why_not(here.request, text)
    drafts, draft = ports_of(here.request).notice_drafts, here.draft
    if not await drafts.keep(draft.id, draft.owner, _title(read, text), text, here.persona.id):
        return await _draw(replace(here, read=read), {"text": text}, {"text": FULL})
    await visit_of(here.request).flash("Saved.")
    return to(here.here)


async def _keep_both(here: Drafting, text: str) -> Response:
    by = ports_of(here.request).casebook
    names = {person: name for each in by.notices() for person, name in each.names.items()}
    who = names.get(here.draft.changed_by, here.draft.changed_by)
    answer = await _keep_new(here.request, here.persona, here.book, here.draft.owner, text)
    if answer.status_code == 303:
        await visit_of(here.request).flash(
            f"{who} saved this draft while you had it open. What you typed is kept here, as a draft of its own; compare the two.",
            kind="notice",
        )
    return answer


async def _text_sent(form: FormData, largest: int) -> str:
    """A file that was chosen goes before what was pasted. It is read as UTF-8; the reader names what is none."""
    given = form.get("file")
    if not isinstance(given, UploadFile):
        return as_text(form.get("text"))
    content = await given.read(largest + 1)
    await given.close()
    if given.filename:
        return content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return as_text(form.get("text"))


def _fault(text: str, largest: int, nothing: str) -> str | None:
    if not text.strip():
        return nothing
    if len(text.encode("utf-8", "replace")) > largest:
        return f"The text is longer than the {size_in_words(largest)} that a notice file may have; it was not saved"
    return None


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _title(read: FileRead, text: str) -> str:
    """The title of the notice; where it cannot be read, the line that begins with it."""
    if read.terms is not None:
        return read.terms.notice.title
    for line in text.splitlines():
        key, _, words = line.strip().partition(":")
        if key == "title" and words.strip():
            return words.strip().strip("\"'")
    return UNNAMED


async def _all(
    request: Request,
    persona: Persona,
    book: Casebook,
    typed: Mapping[str, str] = NOTHING_TYPED,
    errors: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
) -> Response:
    owners = keeping_roles(request, persona)
    in_hand = [] if trouble else await ports_of(request).notice_drafts.of(owners)
    return await draw_form(
        request,
        "build/drafts.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        looks_back=None,
        drafts=[_row(request, book, each) for each in in_hand],
        in_force=[each.terms for each in book.notices() if each.is_in_force and _keeps(each, owners)],
        largest=size_in_words(builder_of(request).largest),
    )


def _keeps(notice: Notice, owners: tuple[str, ...]) -> bool:
    return any(each.startswith(f"{notice.terms.id}/") for each in owners)


def _row(request: Request, book: Casebook, each: DraftInHand) -> dict[str, Any]:
    notice, _, role = each.owner.partition("/")
    known = next((kept for kept in book.notices() if kept.terms.id == notice), None)
    return {
        "title": each.title,
        "href": draft_page(each.id),
        "by": known.person_name(each.changed_by) if known else each.changed_by,
        "at": moment(each.changed_at, ports_of(request).zone),
        "role": known.role(role).title if known else role,
    }


async def _draw(
    here: Drafting,
    typed: Mapping[str, str],
    errors: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
) -> Response:
    read, terms = here.read, here.read.terms
    return await here.draw(
        "build/draft.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        seen=_digest(here.draft.text),
        faults=read.faults,
        terms=terms,
        counts=_counts(here) if terms else [],
        largest=size_in_words(builder_of(here.request).largest),
        lines=max(16, min(40, typed["text"].count("\n") + 2)),
    )


def _counts(here: Drafting) -> list[tuple[str, str]]:
    notice, header = here.notice, here.notice.terms
    return [
        ("Notice", header.id),
        ("From", notice.party_name(header.issuer)),
        ("To", notice.party_name(header.recipient)),
        ("Clauses", str(len(notice.clauses))),
        ("Obligations", str(len(notice.obligations))),
        ("Falls due", f"{len(here.expected)} times while the notice runs"),
        ("Readings of what the text leaves open", str(len(notice.interpretations))),
    ]
