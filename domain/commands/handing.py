"""What people may do with a task besides doing it."""

from dataclasses import dataclass

from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class AcknowledgeTask:
    """`task` is ``owed``, or the rung that opened the task."""

    occurrence: OccurrenceId
    task: str = "owed"


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Take a task that several people could do."""

    occurrence: OccurrenceId
    task: str = "owed"


@dataclass(frozen=True, slots=True)
class ReassignTask:
    """Give a task to another person of the same body."""

    occurrence: OccurrenceId
    to: str
    reason: str
    task: str = "owed"


@dataclass(frozen=True, slots=True)
class RefuseTask:
    """Say that one will not do it, and why; the next in line is told."""

    occurrence: OccurrenceId
    reason: str
    task: str = "owed"


@dataclass(frozen=True, slots=True)
class EscalateTask:
    """Bring it to the next in line now, before its day has come."""

    occurrence: OccurrenceId
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawRung:
    """Take back a step of the ladder that was raised in error."""

    occurrence: OccurrenceId
    rung: str
    reason: str


HandingCommand = AcknowledgeTask | ClaimTask | ReassignTask | RefuseTask | EscalateTask | WithdrawRung
