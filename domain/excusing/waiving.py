"""Saying that something is owed no more, although it was not met."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.chasing.undoing import resolve_escalations
from domain.commands import WaiveOccurrence
from domain.events.chasing import Message
from domain.events.excusing import OccurrenceWaived
from domain.excusing.standing import excusing_role, not_to_be_excused
from domain.refusals import FourEyesRequired, ReasonMissing, Refusal
from domain.values import tidy
from domain.who import held_role, messages_to, obligor_roles


def waive(case: Case, command: WaiveOccurrence, by: Actor, now: datetime) -> Decision:
    """Nobody waives what their own body owes. A referral stays before those who decide."""
    notice, facts = case.notice, case.occurrence.facts
    fault = not_to_be_excused(case)
    if fault is not None:
        return fault
    held = excusing_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    own = held_role(notice, by, obligor_roles(case), now)
    if own is not None:
        return FourEyesRequired(
            f"{notice.person_name(by.id)} acts as {notice.role(own).title} too, for those who owe {facts.title}; "
            "somebody else has to waive it."
        )
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why it is owed no more.")
    over = resolve_escalations(case.occurrence, "it was waived.", now)
    told_already = {message.person for draft in over for message in draft.event.messages}
    waived = OccurrenceWaived(reason, by.id, held, _told(case, told_already, now), now)
    return (Draft(command.occurrence.stream, waived), *over)


def _told(case: Case, told_already: set[str], now: datetime) -> tuple[Message, ...]:
    """Whoever had the work to do, and whoever has been told that it was late; each is told once."""
    told = {
        each.person: each
        for each in messages_to(case, "waived", (case.occurrence.facts.assignee,), now, but=told_already)
    }
    for standing in case.occurrence.rungs:
        for message in standing.messages if standing.task_is_open else ():
            if message.person not in told_already:
                told.setdefault(message.person, receipt(case, "waived", message.person, message.role))
    return tuple(told.values())
