"""What the engine itself asks: to take the step that is due, and to record what became of messages."""

from dataclasses import dataclass

from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class TakeDueStep:
    """Take whatever step of the chase is due now, if any."""

    occurrence: OccurrenceId


@dataclass(frozen=True, slots=True)
class RecordMessageSent:
    occurrence: OccurrenceId
    message: str
    channel: str
    message_id: str
    content_sha256: str
    answer: str


@dataclass(frozen=True, slots=True)
class RecordMessageUndeliverable:
    """`bounced`: the provider had taken it, and has said since that it did not arrive."""

    occurrence: OccurrenceId
    message: str
    channel: str
    fault: str
    bounced: bool = False


ChasingCommand = TakeDueStep | RecordMessageSent | RecordMessageUndeliverable
