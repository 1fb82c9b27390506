"""The mail that was caught instead of being sent out: in a demonstration, everybody's post."""

from __future__ import annotations

from fastapi import APIRouter, Depends, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.ports import Mail, Mailbox
from desk.render import render
from desk.signing_in import current_persona, ports_of
from desk.words import moment

router = APIRouter(include_in_schema=False, dependencies=[Depends(current_persona)])


@router.get("/mailbox")
async def mailbox(request: Request) -> Response:
    """All of it, newest first."""
    messages = [_listed(request, mail) for mail in _mailbox(request).messages()]
    return await render(request, "mailbox.html", messages=messages)


@router.get("/mailbox/{name}")
async def one_letter(request: Request, name: str) -> Response:
    """One letter as its reader sees it."""
    mail = _mailbox(request).message(name)
    if mail is None:
        raise HTTPException(404)
    return await render(request, "letter.html", mail=_listed(request, mail))


def _mailbox(request: Request) -> Mailbox:
    found = ports_of(request).mailbox
    if found is None:
        raise HTTPException(404)
    return found


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
    }


def _first_sentence(text: str) -> str:
    """The paragraph after the greeting."""
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
    return paragraphs[1] if len(paragraphs) > 1 else "".join(paragraphs)
