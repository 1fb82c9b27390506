"""Recording what became of a message: once, whoever tries again."""

from datetime import datetime

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.chasing.messages import message_named
from domain.commands import RecordMessageSent, RecordMessageUndeliverable
from domain.events import delivery
from domain.refusals import MessageNotKnown


def sent(case: Case, command: RecordMessageSent, by: Actor, now: datetime) -> Decision:  # noqa: ARG001
    found = message_named(case.occurrence, command.message)
    if found is None:
        return MessageNotKnown(f"No message “{command.message}” was called for.")
    if command.message in case.occurrence.messages_settled:
        return NOTHING
    rung, person = found
    event = delivery.MessageSent(
        command.message,
        rung,
        person,
        command.channel,
        command.message_id,
        command.content_sha256,
        command.answer,
        now,
    )
    return (Draft(command.occurrence.stream, event),)


def undeliverable(case: Case, command: RecordMessageUndeliverable, by: Actor, now: datetime) -> Decision:  # noqa: ARG001
    found = message_named(case.occurrence, command.message)
    if found is None:
        return MessageNotKnown(f"No message “{command.message}” was called for.")
    if command.message in case.occurrence.messages_settled and not _comes_back(case, command):
        return NOTHING
    rung, person = found
    event = delivery.MessageUndeliverable(command.message, rung, person, command.channel, command.fault, now)
    return (Draft(command.occurrence.stream, event),)


def _comes_back(case: Case, command: RecordMessageUndeliverable) -> bool:
    """It was sent, and bounces now, which has not been recorded yet."""
    return command.bounced and not any(
        isinstance(each, delivery.MessageUndeliverable) and each.message == command.message
        for each in case.occurrence.history
    )
