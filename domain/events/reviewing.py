"""What happened to a review and to the pack that goes with it."""

from dataclasses import dataclass
from datetime import date

from domain.events.chasing import Message
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class Finding:
    """What a review found, what is to be done about it, by which role, and by when."""

    id: str
    text: str
    action: str
    owner: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartyAgreed:
    """Who conducts a diagnostic review was agreed."""

    party: str
    agreed_by: str
    agreed_as: str
    messages: tuple[Message, ...]
    agreed_at: Instant


@dataclass(frozen=True, slots=True)
class ReviewPlanned:
    starts_on: date
    ends_on: date
    reviewers: tuple[str, ...]
    scope: str
    themes: tuple[str, ...]
    planned_by: str
    planned_as: str
    planned_at: Instant


@dataclass(frozen=True, slots=True)
class ReviewNotified:
    """Those who are reviewed were told when, by whom and on what."""

    notified_by: str
    notified_as: str
    messages: tuple[Message, ...]
    notified_at: Instant


@dataclass(frozen=True, slots=True)
class ReviewMoved:
    starts_on: date
    ends_on: date
    was: date
    reason: str
    moved_by: str
    moved_as: str
    messages: tuple[Message, ...]
    moved_at: Instant


@dataclass(frozen=True, slots=True)
class WentAheadWithout:
    """The event was held, and what had to be there before it was not."""

    event: str
    held_on: date
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class OutcomeIssued:
    """The outcome letter."""

    letter: str
    findings: tuple[Finding, ...]
    issued_by: str
    issued_as: str
    messages: tuple[Message, ...]
    issued_at: Instant


@dataclass(frozen=True, slots=True)
class FindingActedOn:
    finding: str
    done: str
    acted_by: str
    acted_as: str
    acted_at: Instant


@dataclass(frozen=True, slots=True)
class FindingFollowedUp:
    """Whether what was done about a finding was enough."""

    finding: str
    outcome: str
    closed: bool
    followed_up_by: str
    followed_up_as: str
    followed_up_at: Instant


@dataclass(frozen=True, slots=True)
class ItemConfirmed:
    """Whoever reviews confirmed that an item of the bundle was provided."""

    item: str
    confirmed_by: str
    confirmed_as: str
    confirmed_at: Instant


@dataclass(frozen=True, slots=True)
class ItemRefused:
    """Whoever reviews recorded that an item of the bundle was not provided."""

    item: str
    reason: str
    recorded_by: str
    recorded_as: str
    messages: tuple[Message, ...]
    recorded_at: Instant
