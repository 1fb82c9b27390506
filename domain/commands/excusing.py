"""What may be asked about time: more of it, a stop to it, or that something is no longer owed."""

from dataclasses import dataclass
from datetime import date

from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """Ask for the due day to be moved to `until`."""

    occurrence: OccurrenceId
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Move the due day to `until`; the original due day is kept. Nobody need have asked."""

    occurrence: OccurrenceId
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class RefuseExtension:
    occurrence: OccurrenceId
    reason: str


@dataclass(frozen=True, slots=True)
class StopClock:
    """From that day, included, working days do not count until the clock is restarted."""

    occurrence: OccurrenceId
    from_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class RestartClock:
    """From that day, included, working days count on."""

    occurrence: OccurrenceId
    from_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class WaiveOccurrence:
    """It is not owed any more; that it was stays in the record."""

    occurrence: OccurrenceId
    reason: str


ExcusingCommand = (
    RequestExtension | GrantExtension | RefuseExtension | StopClock | RestartClock | WaiveOccurrence
)
