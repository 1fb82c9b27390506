"""How a recorded event is corrected: one person proposes, another approves, and both versions stay."""

from dataclasses import dataclass

from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class ProposeCorrection:
    """`version` is the event's place in its stream: that of the occurrence, or of the notice itself without one.

    `field` is one of the event's own; `now` its right value, as the record would write it.
    """

    notice: str
    version: int
    field: str
    now: str
    reason: str
    of: OccurrenceId | None = None


@dataclass(frozen=True, slots=True)
class ApproveCorrection:
    notice: str
    version: int
    of: OccurrenceId | None = None


@dataclass(frozen=True, slots=True)
class RejectCorrection:
    notice: str
    version: int
    reason: str
    of: OccurrenceId | None = None


CorrectingCommand = ProposeCorrection | ApproveCorrection | RejectCorrection
