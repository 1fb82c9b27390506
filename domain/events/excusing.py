"""What happened to the time within which something is owed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.events.chasing import Message
from domain.events.owing import PlannedRung
from domain.values import Instant

Cause = Literal[
    "extension",
    "suspension",
    "holiday",
    "interpretation",
    "variation",
    "event moved",
    "progress updated",
    "correction",
]


@dataclass(frozen=True, slots=True)
class OccurrenceRedated:
    """It is due on another day now, or its steps fall on others. `plan` is the ladder from here on.

    The day on which it was due at first is kept by the opening.
    """

    due: Instant
    due_on: date
    plan: tuple[PlannedRung, ...]
    cause: Cause
    reason: str
    redated_at: Instant


@dataclass(frozen=True, slots=True)
class ExtensionRequested:
    until: date
    reason: str
    requested_by: str
    requested_as: str
    messages: tuple[Message, ...]
    requested_at: Instant


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    until: date
    reason: str
    granted_by: str
    granted_as: str
    messages: tuple[Message, ...]
    granted_at: Instant


@dataclass(frozen=True, slots=True)
class ExtensionRefused:
    reason: str
    refused_by: str
    refused_as: str
    messages: tuple[Message, ...]
    refused_at: Instant


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """From `from_day`, included, working days do not count."""

    from_day: date
    reason: str
    stopped_by: str
    stopped_as: str
    stopped_at: Instant


@dataclass(frozen=True, slots=True)
class ClockRestarted:
    """From `from_day`, included, working days count on; so many did not count."""

    from_day: date
    working_days: int
    reason: str
    restarted_by: str
    restarted_as: str
    restarted_at: Instant


@dataclass(frozen=True, slots=True)
class OccurrenceWaived:
    reason: str
    waived_by: str
    waived_as: str
    messages: tuple[Message, ...]
    waived_at: Instant


@dataclass(frozen=True, slots=True)
class OccurrenceWithdrawn:
    """It is owed no more, because the notice does not ask for it any more."""

    reason: str
    withdrawn_at: Instant
