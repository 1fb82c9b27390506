"""The messages that an occurrence has called for, and those that go out as receipts."""

from domain.case import Case
from domain.events.chasing import Message
from domain.events.delivery import NonDeliveryReported
from domain.occurrence.state import Occurrence


def message_named(occurrence: Occurrence, message_id: str) -> tuple[str | None, str] | None:
    """The rung (None for a receipt) and the person of a message, or None when no such message was called for."""
    for event in occurrence.history:
        for message in getattr(event, "messages", ()):
            if message.id == message_id:
                return getattr(event, "rung", None), message.person
    return None


def tells_of_a_loss(occurrence: Occurrence, message_id: str) -> bool:
    """Whether a message says that another one did not arrive."""
    return any(
        message.id == message_id
        for event in occurrence.history
        if isinstance(event, NonDeliveryReported)
        for message in event.messages
    )


def receipt(case: Case, act: str, person: str, role: str) -> Message:
    """The receipt for one act, to whoever did it; `act` tells it from their other acts on this occurrence."""
    return Message(f"{case.occurrence.id}:{act}:{person}", person, role)
