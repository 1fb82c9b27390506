"""Signing an act: it goes to the office in the person's name, and comes back with a receipt or with the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from starlette.requests import Request

from desk.noting import note_refusal
from desk.permission_table import act_of
from desk.permissions import require
from desk.ports import Persona
from desk.sessions import visit_of
from desk.signing_in import ports_of
from domain.actor import Actor
from domain.commands import Command, IssueNotice
from domain.identity import command_id
from domain.reach import notice_of, subject_of
from domain.record import LedgerRefusal, LedgerUnreachable, Receipt
from domain.refusals import Refused

NOTHING_SAVED = (
    "The record could not be reached, so nothing was saved. What you entered is still here: wait a minute and "
    "send it again. It will be recorded once, however often you send it."
)


@dataclass(frozen=True)
class Trouble:
    """Why an act was not recorded, and the status of the page that says so."""

    status: int
    sentence: str


def new_slip() -> str:
    """What a form carries so that sending it twice records one act."""
    return uuid4().hex


async def sign(request: Request, persona: Persona, command: Command, slip: str) -> Receipt | Trouble:
    """Ask for `command` as `persona`; raises Forbidden or NotFound where the table of permissions does not allow it.

    The same words on the same slip are one act; other words are another one. What a rule refuses is noted.
    """
    notice = None if isinstance(command, IssueNotice) else notice_of(command)
    require(request, act_of(command), notice)
    key = command_id("desk", persona.id, slip, repr(command)) if slip else None
    try:
        handled = await ports_of(request).office.handle(command, Actor("person", persona.id), key)
    except Refused as refused:
        await note_refusal(request, act_of(command), refused.refusal.sentence, notice, subject_of(command))
        return Trouble(409, refused.refusal.sentence)
    except LedgerUnreachable:
        return Trouble(503, NOTHING_SAVED)
    except LedgerRefusal as refusal:
        return Trouble(409, f"{refusal} Nothing was saved.")
    if handled.receipt is None:
        return Trouble(409, "There was nothing to record.")
    return handled.receipt


async def hand_over(request: Request, sentence: str, receipt: Receipt) -> None:
    """Show the receipt on the next page."""
    indexes = range(receipt.first_index, receipt.last_index + 1)
    await visit_of(request).flash(sentence, receipt=tuple(zip(indexes, receipt.leaves, strict=True)))
