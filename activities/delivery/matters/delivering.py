"""What is told about messages that did not arrive."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import Matter, MatterOf, said, what
from domain.case import Case
from domain.events.delivery import MessageUndeliverable, NonDeliveryReported


def _reported(event: NonDeliveryReported, case: Case, _: Call) -> Matter:
    name = case.notice.names.get(event.person, event.person)
    return Matter(
        subject=f"A message did not reach {name}, about",
        happened=f"A message to {name} about {what(case)} did not arrive{_why(event, case)} "
        "They may not know what is asked of them.",
        act="Reach them in another way, and have their address put right by whoever runs this service. "
        "What was sent, and what became of it, is here:",
    )


def _why(event: NonDeliveryReported, case: Case) -> str:
    lost = [
        each
        for each in case.occurrence.history
        if isinstance(each, MessageUndeliverable) and each.message == event.message
    ]
    return f": {said(lost[-1].fault)}" if lost else "."


MATTERS: dict[str, MatterOf] = {"non-delivery-reported": _reported}
