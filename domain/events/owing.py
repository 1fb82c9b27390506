"""What happened to one occurrence of an obligation: it opened, somebody took it on, and it was met."""

from dataclasses import dataclass
from datetime import date

from domain.events.chasing import Message
from domain.terms.ladders import Rung
from domain.terms.obligations import Section
from domain.values import Instant, Strength


@dataclass(frozen=True, slots=True)
class PlannedRung:
    """A rung with the instant at which it will be raised, if nothing changes; None where it chases a task that another rung may open."""

    rung: Rung
    at: Instant | None


@dataclass(frozen=True, slots=True)
class OccurrenceOpened:
    """Everything the chase needs, as it stood on opening: later changes are events of their own.

    `ladder`: where it is not the obligation's own. `supplements`: the period of the report that it makes good.
    `event`, `event_on`: the occurrence on whose day it hangs, and that day. `about`, `asked_by`: what was asked for,
    by whom.
    """

    notice: str
    obligation: str
    period: str
    title: str
    clause: str
    kind: str
    strength: Strength
    obligor: str
    obligee: str
    assignee: str
    opens: Instant
    due: Instant
    due_on: date
    period_first: date | None
    period_last: date | None
    sections: tuple[Section, ...]
    plan: tuple[PlannedRung, ...]
    opened_at: Instant
    ladder: str | None = None
    supplements: str | None = None
    event: str | None = None
    event_on: date | None = None
    about: str | None = None
    asked_by: str | None = None
    asked_as: str | None = None
    hidden_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskAcknowledged:
    """Somebody has said: I have seen this and it is mine. It is not done by that. They are sent a receipt."""

    task: str
    acknowledged_by: str
    acknowledged_as: str
    acknowledged_at: Instant
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionAnswered:
    """What a report says in one section; `nil` states expressly that there is nothing."""

    section: str
    text: str
    nil: bool = False


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """A version of the report was received. When it was received and when it was recorded are two times.

    Whoever submitted it is sent a receipt, and whoever may accept it is told. `on_behalf_of`: who holds the role in
    which a delegate submitted it.
    """

    version: int
    sections: tuple[SectionAnswered, ...]
    missing: tuple[str, ...]
    submitted_by: str
    submitted_as: str
    received_at: Instant
    messages: tuple[Message, ...] = ()
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    version: int
    accepted_by: str
    accepted_as: str
    accepted_at: Instant


@dataclass(frozen=True, slots=True)
class ReviewHeld:
    """A review of progress took place; the time until the next runs from this day, whenever it was recorded.

    `held_at` is the beginning of that day in the notice's zone.
    """

    held_on: date
    held_at: Instant
    summary: str
    recorded_by: str
    recorded_as: str
    recorded_at: Instant
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryAssessed:
    """A named person has judged what was delivered by the deadline.

    `delivered` and `outstanding` are the actions of the plan as they stood then.
    """

    finding: str
    assessed_by: str
    assessed_as: str
    assessed_at: Instant
    outcome: str | None = None
    delivered: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttestationGiven:
    """Somebody stated that what has to hold holds."""

    statement: str
    attested_by: str
    attested_as: str
    attested_at: Instant


@dataclass(frozen=True, slots=True)
class RequestAnswered:
    answer: str
    answered_by: str
    answered_as: str
    messages: tuple[Message, ...]
    answered_at: Instant


@dataclass(frozen=True, slots=True)
class NonCooperationRecorded:
    """What was asked for was refused, or not given as it should be."""

    account: str
    recorded_by: str
    recorded_as: str
    messages: tuple[Message, ...]
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class VacancyFilled:
    """Somebody holds the role again; what the vacancy called for is done."""

    role: str
    person: str
    filled_at: Instant
