"""What may be asked of an occurrence by those who owe it or are owed it."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class SubmitReport:
    """`received_at` is when the report arrived, if that was before now."""

    occurrence: OccurrenceId
    sections: tuple[SectionAnswered, ...]
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptReport:
    occurrence: OccurrenceId


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """Return a report as deficient. `sections` are those that are deficient; a supplemental report is then owed."""

    occurrence: OccurrenceId
    reasons: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerQuery:
    """Answer what was asked because a report contradicts the plan's own record."""

    occurrence: OccurrenceId
    query: int
    answer: str


@dataclass(frozen=True, slots=True)
class CommissionUpdate:
    """Ask a partner for an update that the report will rest on; the partner owes nothing by it."""

    occurrence: OccurrenceId
    partner: str
    asked: str
    wanted_by: date


@dataclass(frozen=True, slots=True)
class RecordUpdate:
    """What a partner answered."""

    occurrence: OccurrenceId
    update: int
    received_from: str
    text: str


@dataclass(frozen=True, slots=True)
class Attest:
    """State that what has to hold holds."""

    occurrence: OccurrenceId
    statement: str


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    occurrence: OccurrenceId
    finding: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class MakeRequest:
    """Ask for something under an obligation that holds until a decision; it is then owed by that day."""

    notice: str
    obligation: str
    asked: str
    wanted_by: date


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    occurrence: OccurrenceId
    answer: str


@dataclass(frozen=True, slots=True)
class RecordNonCooperation:
    """What was asked for is refused, or not given as it should be."""

    occurrence: OccurrenceId
    account: str


@dataclass(frozen=True, slots=True)
class LodgeEvidence:
    """Lodge a file, which is kept under its hash. `version`: of the report that it supports."""

    occurrence: OccurrenceId
    sha256: str
    name: str
    media_type: str
    size: int
    version: int | None = None


MeetingCommand = (
    SubmitReport
    | AcceptReport
    | ReturnReport
    | AnswerQuery
    | CommissionUpdate
    | RecordUpdate
    | Attest
    | RecordAssessment
    | MakeRequest
    | AnswerRequest
    | RecordNonCooperation
    | LodgeEvidence
)
