"""What the engine did about lateness: each step is one event with the messages it calls for."""

from dataclasses import dataclass

from domain.values import Instant


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be said to one person in one role. `id` is the same however often it is tried."""

    id: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class RungRaised:
    """A rung was raised: when that was planned, when it was done, who is told, and which of its roles nobody holds."""

    rung: str
    planned_at: Instant
    messages: tuple[Message, ...]
    vacant: tuple[str, ...]
    raised_at: Instant


@dataclass(frozen=True, slots=True)
class ReminderIssued(RungRaised):
    """Those who owe are reminded before it is due."""


@dataclass(frozen=True, slots=True)
class AcknowledgementRequested(RungRaised):
    """Somebody has a task and has not said that they have seen it. `task`: ``owed``, or the rung that opened it."""

    task: str


@dataclass(frozen=True, slots=True)
class OverdueNoticeIssued(RungRaised):
    """Those who owe are told that it is overdue. Nobody else hears of it before they do."""


@dataclass(frozen=True, slots=True)
class EscalationRaised(RungRaised):
    """Somebody further up is told and has a task to acknowledge. `chosen_by`: who brought it up before its day, and why."""

    chosen_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AssessmentRequested(RungRaised):
    """A named person is asked to judge what was delivered; a date that passes is not a failure by itself."""


@dataclass(frozen=True, slots=True)
class ReferredForConsideration(RungRaised):
    """The matter is put before those who may use their powers. The engine goes no further."""

    power: str


@dataclass(frozen=True, slots=True)
class RungsCollapsed:
    """After an interruption only one step is taken; those that had also fallen due are recorded, not sent."""

    rungs: tuple[str, ...]
    into: str
    collapsed_at: Instant


@dataclass(frozen=True, slots=True)
class RungsNotChased:
    """These had fallen due before chasing of this notice began."""

    rungs: tuple[str, ...]
    chase_from: Instant
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class EscalationResolved:
    """What was owed has arrived, so the escalation is over, and those who were told are told."""

    rung: str
    because: str
    messages: tuple[Message, ...]
    resolved_at: Instant
