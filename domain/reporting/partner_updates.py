"""Updates that partners give for a report (6b). A partner owes nothing by it: the obligor stays answerable."""

from datetime import datetime

from domain.actor import OUTSIDE, Actor
from domain.case import Case, Decision, Draft
from domain.commands import CommissionUpdate, RecordUpdate
from domain.events.reporting import UpdateCommissioned, UpdateReceived
from domain.refusals import (
    DateInThePast,
    NotYourTask,
    OccurrenceAlreadyMet,
    ReasonMissing,
    Refusal,
    UpdateNotOpen,
    WrongKindOfObligation,
)
from domain.reporting.versions import accepted_in_words
from domain.values import tidy
from domain.who import held_role, obligor_roles, titles, today


def commission(case: Case, command: CommissionUpdate, by: Actor, now: datetime) -> Decision:
    held = _role_of_obligor(case, by, now)
    if isinstance(held, Refusal):
        return held
    if command.wanted_by < today(case.notice, now):
        return DateInThePast("An update cannot be wanted by a day that has passed.")
    partner, asked = tidy(command.partner), tidy(command.asked)
    if not partner or not asked:
        return ReasonMissing("Say which partner is asked, and for what.")
    number = len(case.occurrence.updates) + 1
    event = UpdateCommissioned(number, partner, asked, command.wanted_by, by.id, held, now)
    return (Draft(command.occurrence.stream, event),)


def record(case: Case, command: RecordUpdate, by: Actor, now: datetime) -> Decision:
    held = _role_for_the_answer(case, by, now)
    if isinstance(held, Refusal):
        return held
    title = case.occurrence.facts.title
    update = next(
        (each for each in case.occurrence.updates if each.commissioned.update == command.update), None
    )
    if update is None:
        return UpdateNotOpen(f"No update {command.update} was asked for {title}.")
    if update.received is not None:
        return UpdateNotOpen(
            f"{update.received.received_from} has answered already. To ask {update.commissioned.partner} for "
            "more, commission another update."
        )
    received_from, text = tidy(command.received_from), tidy(command.text)
    if not received_from or not text:
        return ReasonMissing("Say who answered for the partner, and what they said.")
    event = UpdateReceived(command.update, received_from, text, by.id, held, now)
    return (Draft(command.occurrence.stream, event),)


def _role_for_the_answer(case: Case, by: Actor, now: datetime) -> str | Refusal:
    """A partner may give their answer themselves; whoever gave them a link answers for who they are."""
    if by.kind == OUTSIDE:
        return _not_now(case) or OUTSIDE
    return _role_of_obligor(case, by, now)


def _not_now(case: Case) -> Refusal | None:
    facts = case.occurrence.facts
    if facts.kind != "recurring-report":
        return WrongKindOfObligation(f"{facts.title} is not a report that rests on updates from partners.")
    accepted = accepted_in_words(case)
    if accepted is not None:
        return OccurrenceAlreadyMet(accepted)
    return None


def _role_of_obligor(case: Case, by: Actor, now: datetime) -> str | Refusal:
    facts, notice = case.occurrence.facts, case.notice
    fault = _not_now(case)
    if fault is not None:
        return fault
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotYourTask(
            f"Updates for {facts.title} are asked for by {titles(notice, obligor_roles(case))}."
        )
    return held
