"""What may be asked of those who hold a discretionary power (14), and of those who are heard before it is used."""

from dataclasses import dataclass
from datetime import date

from domain.identity import OccurrenceId
from domain.terms.obligations import Option


@dataclass(frozen=True, slots=True)
class RecordConcern:
    """Bring a concern to whoever answers concerns under a power, at any time. `clauses` are those it is about."""

    notice: str
    obligation: str
    concern: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerConcern:
    """Close a concern with reasons, or refer the matter for consideration."""

    occurrence: OccurrenceId
    reasons: str
    refer: bool = False


@dataclass(frozen=True, slots=True)
class OpenConsideration:
    """Consider using a power. `matters` are occurrences and concerns it is about; there need be none."""

    notice: str
    obligation: str
    because: str
    matters: tuple[OccurrenceId, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteRepresentations:
    occurrence: OccurrenceId
    until: date


@dataclass(frozen=True, slots=True)
class MakeRepresentations:
    """Say what the body concerned has to say before a decision."""

    occurrence: OccurrenceId
    text: str


@dataclass(frozen=True, slots=True)
class AnswerRepresentations:
    occurrence: OccurrenceId
    number: int
    reasons: str


@dataclass(frozen=True, slots=True)
class ProposeDecision:
    """The first of two signatures. Proposing anew takes back what was proposed before."""

    occurrence: OccurrenceId
    option: Option
    reasons: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class SignDecision:
    """The second signature, by another person; with it the decision is made."""

    occurrence: OccurrenceId


@dataclass(frozen=True, slots=True)
class IssueDecision:
    occurrence: OccurrenceId
    issued_on: date


@dataclass(frozen=True, slots=True)
class PublishDecision:
    occurrence: OccurrenceId
    published_on: date


DecidingCommand = (
    RecordConcern
    | AnswerConcern
    | OpenConsideration
    | InviteRepresentations
    | MakeRepresentations
    | AnswerRepresentations
    | ProposeDecision
    | SignDecision
    | IssueDecision
    | PublishDecision
)
