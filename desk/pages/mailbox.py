"""The mail that was caught instead of being sent out: in a demonstration, everybody's post."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.book import Book
from desk.foreign_html import foreign_html
from desk.noting import note_opened
from desk.permissions import sees_everything
from desk.ports import Mail, Mailbox, Persona
from desk.render import render
from desk.signing_in import SignedIn, ports_of
from desk.words import moment
from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.seen_by import NotOpenToThem

router = APIRouter(include_in_schema=False)
LEADS_TO = re.compile(r"/tasks/([^/\s]+)/([^/\s]+)/([^/\s]+)/")


@router.get("/mailbox")
async def mailbox(request: Request, persona: SignedIn, book: Book) -> Response:
    """Newest first, and nothing about what is not open to the reader."""
    messages = [
        _listed(request, mail) for mail in _mailbox(request).messages() if _is_open(mail, persona, book)
    ]
    return await render(request, "mailbox.html", messages=messages)


@router.get("/mailbox/{name}")
async def one_letter(request: Request, persona: SignedIn, book: Book, name: str) -> Response:
    """One letter as its reader sees it. A letter is personal: whoever opens it is written down."""
    mail = await _opened(request, persona, book, name)
    return await render(request, "letter.html", mail=_listed(request, mail))


@router.get("/mailbox/{name}/html")
async def one_letter_as_html(request: Request, persona: SignedIn, book: Book, name: str) -> Response:
    """Its HTML, as a mail program shows it."""
    mail = await _opened(request, persona, book, name)
    if not mail.html:
        raise HTTPException(404)
    return foreign_html(mail.html)


async def _opened(request: Request, persona: Persona, book: Casebook, name: str) -> Mail:
    """Noted before it is shown; raises NotOpenToThem, and 404 where there is none."""
    mail = _mailbox(request).message(name)
    if mail is None:
        raise HTTPException(404)
    if not _is_open(mail, persona, book):
        raise NotOpenToThem(f"The letter {name} is about something that is not open to them.")
    opened = f"Opened the letter to {mail.to}, “{mail.subject}”."
    await note_opened(request, "read-letters", opened, _notice_of(mail), request.url.path)
    return mail


def _mailbox(request: Request) -> Mailbox:
    found = ports_of(request).mailbox
    if found is None:
        raise HTTPException(404)
    return found


def _is_open(mail: Mail, persona: Persona, book: Casebook) -> bool:
    """A letter is as open as everything that it leads to; one that leads nowhere is for the auditor alone."""
    led_to = [OccurrenceId(*found) for found in LEADS_TO.findall(mail.text)]
    open_to_them = {each.id for notice in book.notices() for each in book.occurrences(notice.terms.id)}
    return sees_everything(persona) or bool(led_to and open_to_them.issuperset(led_to))


def _notice_of(mail: Mail) -> str | None:
    found = LEADS_TO.search(mail.text)
    return found.group(1) if found else None


def _listed(request: Request, mail: Mail) -> dict[str, str]:
    return {
        "href": f"/mailbox/{mail.id}",
        "subject": mail.subject,
        "sender": mail.sender,
        "recipient": mail.to,
        "sent": moment(mail.date, ports_of(request).zone),
        "sent_iso": mail.date.isoformat(),
        "first_line": _first_sentence(mail.text),
        "body": mail.text,
        "html_href": f"/mailbox/{mail.id}/html" if mail.html else "",
    }


def _first_sentence(text: str) -> str:
    """The paragraph after the greeting."""
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
    return paragraphs[1] if len(paragraphs) > 1 else "".join(paragraphs)
