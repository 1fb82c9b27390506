"""The ladder was climbed, and what became of its messages."""

from collections.abc import Iterable
from typing import Any

from domain.events import chasing, delivery, handing
from domain.occurrence.state import Occurrence, RungStanding, RungStatus, change_rung
from domain.replaced import replaced as replace


def raised(after: Occurrence, event: chasing.RungRaised) -> Occurrence:
    raised_at, messages = event.raised_at, event.messages
    return change_rung(
        after,
        event.rung,
        lambda each: replace(each, status="raised", raised_at=raised_at, messages=messages),
    )


def collapsed(after: Occurrence, event: chasing.RungsCollapsed) -> Occurrence:
    return _mark(after, event.rungs, "collapsed")


def not_chased(after: Occurrence, event: chasing.RungsNotChased) -> Occurrence:
    return _mark(after, event.rungs, "not chased")


def resolved(after: Occurrence, event: chasing.EscalationResolved) -> Occurrence:
    resolved_at, told = event.resolved_at, event.messages
    return change_rung(
        after, event.rung, lambda each: replace(each, resolved_at=resolved_at, resolution=told)
    )


def withdrawn(after: Occurrence, event: handing.RungWithdrawn) -> Occurrence:
    withdrawn_at, told = event.withdrawn_at, event.messages
    return change_rung(
        after,
        event.rung,
        lambda each: replace(
            each, status="withdrawn", withdrawn_at=withdrawn_at, resolution=(*each.resolution, *told)
        ),
    )


def settled(after: Occurrence, event: delivery.MessageSent | delivery.MessageUndeliverable) -> Occurrence:
    message = event.message
    after = replace(after, messages_settled=after.messages_settled | {message})
    return replace(after, rungs=_settle(after.rungs, message), earlier=_settle(after.earlier, message))


def reported(after: Occurrence, event: delivery.NonDeliveryReported) -> Occurrence:
    return replace(after, receipts=(*after.receipts, *event.messages))


def _settle(rungs: Iterable[RungStanding], message: str) -> tuple[RungStanding, ...]:
    return tuple(
        replace(each, settled=each.settled | {message})
        if any(told.id == message for told in (*each.messages, *each.resolution))
        else each
        for each in rungs
    )


def _mark(occurrence: Occurrence, rungs: tuple[str, ...], status: RungStatus) -> Occurrence:
    for rung in rungs:
        occurrence = change_rung(occurrence, rung, lambda each: replace(each, status=status))
    return occurrence


EVOLVE: dict[type, Any] = {
    chasing.ReminderIssued: raised,
    chasing.AcknowledgementRequested: raised,
    chasing.OverdueNoticeIssued: raised,
    chasing.EscalationRaised: raised,
    chasing.AssessmentRequested: raised,
    chasing.ReferredForConsideration: raised,
    chasing.RungsCollapsed: collapsed,
    chasing.RungsNotChased: not_chased,
    chasing.EscalationResolved: resolved,
    handing.RungWithdrawn: withdrawn,
    delivery.MessageSent: settled,
    delivery.MessageUndeliverable: settled,
    delivery.NonDeliveryReported: reported,
}
