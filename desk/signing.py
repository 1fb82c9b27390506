"""Signing an act: it goes to the office in the person's name, and comes back with a receipt or with the reason why not."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID, uuid4

from starlette.requests import Request

from desk.noting import note_refusal
from desk.permission_table import act_of
from desk.permissions import require
from desk.ports import Persona
from desk.sessions import visit_of
from desk.signing_in import ports_of
from domain.actor import Actor
from domain.case import Case, Draft
from domain.commands import Command, IssueNotice
from domain.identity import command_id
from domain.reach import notice_of, subject_of
from domain.record import LedgerRefusal, LedgerUnreachable, Receipt
from domain.refusals import Refused

Answer = TypeVar("Answer")
NOTHING_TO_RECORD = "There was nothing to record."
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


async def sign(
    request: Request, persona: Persona, command: Command, slip: str, words: str | None = None
) -> Receipt | Trouble:
    """Ask for `command` as `persona`; raises Forbidden or NotFound where the table of permissions does not allow it.

    The same words on the same slip are one act; other words are another one: those of the command, or `words`, by which
    a form can tell a repetition when the command cannot be made any more. What a rule refuses is noted.
    """
    require_act(request, command)
    key = _key(persona, slip, words or repr(command)) if slip else None
    handled = await _or_trouble(
        request, command, ports_of(request).office.handle(command, Actor("person", persona.id), key)
    )
    if isinstance(handled, Trouble):
        return handled
    if handled.receipt is None:
        return Trouble(409, NOTHING_TO_RECORD)
    return handled.receipt


async def signed_before(request: Request, persona: Persona, slip: str, words: str) -> Receipt | None:
    """The receipt of an act that was signed with this slip and these words."""
    if not slip:
        return None
    try:
        return await ports_of(request).casebook.ledger.receipt_of(_key(persona, slip, words))
    except LedgerUnreachable:
        return None


def _key(persona: Persona, slip: str, words: str) -> UUID:
    return command_id("desk", persona.id, slip, words)


async def weigh(
    request: Request, persona: Persona, command: Command
) -> tuple[Case, tuple[Draft, ...]] | Trouble:
    """What would come of it now, with nothing recorded. Raises, and notes, what `sign` does."""
    require_act(request, command)
    return await _or_trouble(
        request, command, ports_of(request).office.weighed(command, Actor("person", persona.id))
    )


def require_act(request: Request, command: Command) -> None:
    """Raises Forbidden or NotFound where the table of permissions does not allow it."""
    require(request, act_of(command), _notice_of(command))


async def _or_trouble(request: Request, command: Command, asked: Awaitable[Answer]) -> Answer | Trouble:
    """What a rule refuses is noted."""
    try:
        return await asked
    except Refused as refused:
        sentence = refused.refusal.sentence
        await note_refusal(request, act_of(command), sentence, _notice_of(command), subject_of(command))
        return Trouble(409, sentence)
    except LedgerUnreachable:
        return Trouble(503, NOTHING_SAVED)
    except LedgerRefusal as refusal:
        return Trouble(409, f"{refusal} Nothing was saved.")


def _notice_of(command: Command) -> str | None:
    return None if isinstance(command, IssueNotice) else notice_of(command)


async def hand_over(request: Request, sentence: str, receipt: Receipt) -> None:
    """Show the receipt on the next page."""
    indexes = range(receipt.first_index, receipt.last_index + 1)
    await visit_of(request).flash(sentence, receipt=tuple(zip(indexes, receipt.leaves, strict=True)))
