"""Confirming what is provided during a review, item by item, and recording what is not: that is told the same day."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ConfirmItem, RecordItemRefused
from domain.events.reviewing import ItemConfirmed, ItemRefused
from domain.meeting.met import met
from domain.refusals import (
    ItemAlreadyConfirmed,
    NotAnItem,
    NotForYouToAccept,
    ReasonMissing,
    Refusal,
    WrongKindOfObligation,
)
from domain.values import tidy
from domain.who import held_role, messages_to, titles


def confirm(case: Case, command: ConfirmItem, by: Actor, now: datetime) -> Decision:
    held = _accepting_role(case, command.item, by, now)
    if isinstance(held, Refusal):
        return held
    confirmed = ItemConfirmed(command.item, by.id, held, now)
    occurrence = case.occurrence
    done = {command.item, *(each.item for each in occurrence.items_confirmed)}
    if done >= {section.id for section in occurrence.facts.sections}:
        return met(case, confirmed, "everything that was to be provided has been confirmed.", now)
    return (Draft(command.occurrence.stream, confirmed),)


def refused(case: Case, command: RecordItemRefused, by: Actor, now: datetime) -> Decision:
    """It may still be provided, and confirmed then."""
    held = _accepting_role(case, command.item, by, now)
    if isinstance(held, Refusal):
        return held
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say what was asked for and what was said when it was not provided.")
    number = len(case.occurrence.items_refused) + 1
    told = (*case.notice.keeping_roles, case.occurrence.facts.assignee)
    messages = messages_to(case, f"item-refused-{number}", told, now)
    return (Draft(command.occurrence.stream, ItemRefused(command.item, reason, by.id, held, messages, now)),)


def _accepting_role(case: Case, item: str, by: Actor, now: datetime) -> str | Refusal:
    """The role in which somebody says of an item, not confirmed so far, whether it was provided."""
    facts, notice = case.occurrence.facts, case.notice
    if facts.kind != "during-event":
        return WrongKindOfObligation(f"{facts.title} is not a bundle of items that are provided.")
    if any(each.item == item for each in case.occurrence.items_confirmed):
        return ItemAlreadyConfirmed(f"“{item}” has been confirmed already.")
    roles = notice.accepting_roles(facts.obligation)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotForYouToAccept(f"It is for {titles(notice, roles)} to say whether it was provided.")
    known = [section.id for section in facts.sections]
    if item not in known:
        return NotAnItem(f"“{item}” is not an item of this bundle; they are {', '.join(known)}.")
    return held
