"""A call for a message, as the outbox holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.identity import OccurrenceId
from domain.record import ClaimedItem


class UnreadableCall(ValueError):
    """A row of the outbox that does not say what is to be sent, about what, and to whom."""


@dataclass(frozen=True, slots=True)
class Call:
    """Say something about an occurrence to one person in one role.

    `id` is the message's, the same however often it is tried. `rung` is the step of the chase that called for
    it, or None for a receipt. `topic` is the topic of the event that called for it, without its version:
    ``overdue-notice-issued``. `queued` is None where the outbox keeps another time than the notice.
    """

    id: str
    occurrence: OccurrenceId
    rung: str | None
    person: str
    role: str
    topic: str
    queued: datetime | None = None


def read_call(item: ClaimedItem, now: datetime) -> Call:
    """Raises UnreadableCall with a sentence."""
    person, role, topic = (_word(item, name) for name in ("person", "role", "topic"))
    rung = None if item.payload.get("rung") is None else _word(item, "rung")
    try:
        occurrence = OccurrenceId.parse(_word(item, "occurrence"))
    except UnreadableCall:
        raise
    except ValueError as fault:
        raise UnreadableCall(f"Message “{item.key}” cannot be sent: {fault}") from None
    # An outbox may run on real time while the notice lives in another: a time yet to come tells nothing.
    queued = item.queued if item.queued <= now else None
    return Call(item.key, occurrence, rung, person, role, topic.partition(".v")[0], queued)


def _word(item: ClaimedItem, name: str) -> str:
    value: Any = item.payload.get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableCall(f"Message “{item.key}” cannot be sent, because it does not say its {name}.")
    return value
