"""What became of each message."""

from dataclasses import dataclass

from domain.events.chasing import Message
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class MessageSent:
    """The channel's provider took the message. `content_sha256` is over the bytes that were handed over.

    `rung` is None for receipts, which belong to no step of the chase.
    """

    message: str
    rung: str | None
    person: str
    channel: str
    message_id: str
    content_sha256: str
    answer: str
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class MessageUndeliverable:
    """The message will not arrive, and somebody has to see to it."""

    message: str
    rung: str | None
    person: str
    channel: str
    fault: str
    given_up_at: Instant


@dataclass(frozen=True, slots=True)
class NonDeliveryReported:
    """Somebody who can see to it is told that a message to `person` did not arrive. `message` is the one that was lost."""

    message: str
    person: str
    messages: tuple[Message, ...]
    reported_at: Instant
