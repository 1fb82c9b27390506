"""What may be asked about reviews: of progress (7, 8), diagnostic (9), and the pack that goes with them (10, 11)."""

from dataclasses import dataclass
from datetime import date

from domain.events.reviewing import Finding
from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class RequireDiagnosticReview:
    """Require a review of a service area; who conducts it has still to be agreed. `wanted_by`: when it shall be done."""

    notice: str
    obligation: str
    area: str
    wanted_by: date


@dataclass(frozen=True, slots=True)
class AgreeParty:
    """Agree who conducts a diagnostic review."""

    occurrence: OccurrenceId
    party: str


@dataclass(frozen=True, slots=True)
class PlanReview:
    occurrence: OccurrenceId
    starts_on: date
    ends_on: date
    reviewers: tuple[str, ...]
    scope: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotifyReview:
    """Tell those who are reviewed; from then on they owe what has to be there before and during it."""

    occurrence: OccurrenceId


@dataclass(frozen=True, slots=True)
class MoveReview:
    occurrence: OccurrenceId
    starts_on: date
    ends_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RecordReviewHeld:
    """`themes` are those that were covered."""

    occurrence: OccurrenceId
    held_on: date
    summary: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """The letter with what the review found."""

    occurrence: OccurrenceId
    letter: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ActOnFinding:
    """Say what was done about a finding."""

    occurrence: OccurrenceId
    finding: str
    done: str


@dataclass(frozen=True, slots=True)
class FollowUpFinding:
    """See whether what was done is enough; `closed` if it is."""

    occurrence: OccurrenceId
    finding: str
    outcome: str
    closed: bool


@dataclass(frozen=True, slots=True)
class ConfirmItem:
    """Whoever reviews confirms that an item of the bundle was provided."""

    occurrence: OccurrenceId
    item: str


@dataclass(frozen=True, slots=True)
class RecordItemRefused:
    """Whoever reviews records that an item of the bundle was not provided."""

    occurrence: OccurrenceId
    item: str
    reason: str


ReviewingCommand = (
    RequireDiagnosticReview
    | AgreeParty
    | PlanReview
    | NotifyReview
    | MoveReview
    | RecordReviewHeld
    | IssueOutcome
    | ActOnFinding
    | FollowUpFinding
    | ConfirmItem
    | RecordItemRefused
)
