"""What people did with a task besides doing it, and steps of the ladder that were taken back."""

from dataclasses import dataclass

from domain.events.chasing import Message
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class TaskClaimed:
    task: str
    claimed_by: str
    claimed_as: str
    claimed_at: Instant


@dataclass(frozen=True, slots=True)
class TaskReassigned:
    """`to` is a person."""

    task: str
    to: str
    reason: str
    reassigned_by: str
    reassigned_as: str
    messages: tuple[Message, ...]
    reassigned_at: Instant


@dataclass(frozen=True, slots=True)
class TaskRefused:
    """Somebody will not do it. The task stays open, and the next in line is told."""

    task: str
    reason: str
    refused_by: str
    refused_as: str
    messages: tuple[Message, ...]
    refused_at: Instant


@dataclass(frozen=True, slots=True)
class RungWithdrawn:
    """A step should not have been raised; whoever was told by it is told. `withdrawn_by` is None for the engine."""

    rung: str
    because: str
    withdrawn_by: str | None
    messages: tuple[Message, ...]
    withdrawn_at: Instant
