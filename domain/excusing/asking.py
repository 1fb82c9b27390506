"""Asking for more time, and being told that there is none."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.commands import RefuseExtension, RequestExtension
from domain.events.excusing import ExtensionRefused, ExtensionRequested
from domain.excusing.standing import excusing_role, fault_in_new_day, not_to_be_excused
from domain.refusals import (
    ExtensionAlreadyRequested,
    ExtensionNotRequested,
    NotInYourRole,
    ReasonMissing,
    Refusal,
)
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import day_words, held_role, messages_to, obligor_roles


def request(case: Case, command: RequestExtension, by: Actor, now: datetime) -> Decision:
    """By those who owe it. Whoever may give time is told."""
    notice, facts = case.notice, case.occurrence.facts
    fault = not_to_be_excused(case) or _asked_already(case)
    if fault is not None:
        return fault
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotInYourRole(
            f"An extension is asked for by those who owe {facts.title}, and that is {notice.party_name(facts.obligor)}."
        )
    fault = fault_in_new_day(case, command.until, now)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why more time is needed: whoever decides on it is told.")
    told = messages_to(
        case, f"extension-requested-{_number(case)}", notice.excusing_roles(facts.obligation), now
    )
    asked = ExtensionRequested(command.until, reason, by.id, held, told, now)
    return (Draft(command.occurrence.stream, asked),)


def refuse(case: Case, command: RefuseExtension, by: Actor, now: datetime) -> Decision:
    """Whoever asked is told. They may ask again."""
    fault = not_to_be_excused(case)
    if fault is not None:
        return fault
    asked = case.occurrence.extensions.asked
    if asked is None:
        return ExtensionNotRequested(f"Nobody has asked for an extension of {case.occurrence.facts.title}.")
    held = excusing_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why there is no more time: whoever asked for it is told.")
    told = receipt(case, f"extension-refused-{_number(case)}", asked.requested_by, asked.requested_as)
    return (Draft(command.occurrence.stream, ExtensionRefused(reason, by.id, held, (told,), now)),)


def _asked_already(case: Case) -> Refusal | None:
    asked, notice = case.occurrence.extensions.asked, case.notice
    if asked is None:
        return None
    return ExtensionAlreadyRequested(
        f"{notice.person_name(asked.requested_by)} asked for an extension until {plain_date(asked.until)} on "
        f"{day_words(notice, asked.requested_at)}; it has to be granted or refused first."
    )


def _number(case: Case) -> int:
    """Each request, and what comes of it, has messages of its own."""
    extensions = case.occurrence.extensions
    return len(extensions.granted) + len(extensions.refused) + 1
