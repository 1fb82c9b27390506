"""Recording what became of a message: once, whoever tries again."""

from datetime import datetime

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.chasing.messages import message_named, tells_of_a_loss
from domain.commands import RecordMessageSent, RecordMessageUndeliverable
from domain.events import delivery
from domain.events.chasing import Message
from domain.refusals import MessageNotKnown
from domain.who import messages_to


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
    return (Draft(command.occurrence.stream, event), *_reported(case, command, person, now))


def _reported(
    case: Case, command: RecordMessageUndeliverable, person: str, now: datetime
) -> tuple[Draft, ...]:
    """Of a report that does not arrive itself nobody is told: otherwise a dead mail server would report for ever."""
    if tells_of_a_loss(case.occurrence, command.message):
        return ()
    told = _who_sees_to_it(case, person, now)
    if not told:
        return ()
    reported = delivery.NonDeliveryReported(command.message, person, told, now)
    return (Draft(command.occurrence.stream, reported),)


def _who_sees_to_it(case: Case, person: str, now: datetime) -> tuple[Message, ...]:
    """Whoever keeps the notice; if it is they who cannot be reached, others of the body that issued it."""
    notice = case.notice
    number = sum(isinstance(each, delivery.NonDeliveryReported) for each in case.occurrence.history) + 1
    for roles in (notice.keeping_roles, notice.roles_in(notice.terms.issuer)):
        told = messages_to(case, f"undelivered-{number}", roles, now, but=(person,))
        if told:
            return told
    return ()


def _comes_back(case: Case, command: RecordMessageUndeliverable) -> bool:
    """It was sent, and bounces now, which has not been recorded yet."""
    return command.bounced and not any(
        isinstance(each, delivery.MessageUndeliverable) and each.message == command.message
        for each in case.occurrence.history
    )
