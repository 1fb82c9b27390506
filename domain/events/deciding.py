"""What happened before those who hold a discretionary power: concerns, considerations, decisions."""

from dataclasses import dataclass
from datetime import date

from domain.events.chasing import Message
from domain.terms.obligations import Option
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that a stream said up to one of its versions."""

    stream: str
    version: int


@dataclass(frozen=True, slots=True)
class Signatory:
    person: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ConcernRecorded:
    concern: str
    clauses: tuple[str, ...]
    recorded_by: str
    recorded_as: str
    messages: tuple[Message, ...]
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class ConcernClosed:
    reasons: str
    closed_by: str
    closed_as: str
    messages: tuple[Message, ...]
    closed_at: Instant


@dataclass(frozen=True, slots=True)
class ConcernReferred:
    """A person put a concern before those who may use their powers."""

    reasons: str
    power: str
    referred_by: str
    referred_as: str
    messages: tuple[Message, ...]
    referred_at: Instant


@dataclass(frozen=True, slots=True)
class ConsiderationOpened:
    """`pack`: what the deciders have before them, as positions in the record, so that it can be shown again."""

    because: str
    matters: tuple[str, ...]
    pack: tuple[Evidence, ...]
    options: tuple[Option, ...]
    opened_by: str
    opened_as: str
    opened_at: Instant


@dataclass(frozen=True, slots=True)
class RepresentationsInvited:
    until: date
    invited_by: str
    invited_as: str
    messages: tuple[Message, ...]
    invited_at: Instant


@dataclass(frozen=True, slots=True)
class RepresentationsMade:
    """`late`: they came after the day until which they were invited. They are heard until a decision is made."""

    number: int
    text: str
    made_by: str
    made_as: str
    messages: tuple[Message, ...]
    made_at: Instant
    late: bool = False


@dataclass(frozen=True, slots=True)
class RepresentationsAnswered:
    number: int
    reasons: str
    answered_by: str
    answered_as: str
    messages: tuple[Message, ...]
    answered_at: Instant


@dataclass(frozen=True, slots=True)
class DecisionProposed:
    """The first signature. `law` is cited as it reads on the day of the decision. Those who may sign it are told."""

    option: Option
    reasons: str
    law: str
    decided_on: date
    signed: Signatory
    proposed_at: Instant
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """Two people have signed. `decided_on` may lie before the day on which it was recorded."""

    option: Option
    reasons: str
    law: str
    decided_on: date
    signatories: tuple[Signatory, ...]
    messages: tuple[Message, ...]
    decided_at: Instant


@dataclass(frozen=True, slots=True)
class DecisionIssued:
    issued_on: date
    issued_by: str
    issued_as: str
    messages: tuple[Message, ...]
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class DecisionPublished:
    published_on: date
    published_by: str
    published_as: str
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class CorrectionNoted:
    """Something that the deciders had before them has been corrected since, and those who conduct it are told."""

    stream: str
    version: int
    field: str
    was: str
    now: str
    noted_at: Instant
    messages: tuple[Message, ...] = ()
