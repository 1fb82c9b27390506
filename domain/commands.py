"""What may be asked. Commands are imperative; what comes of them are events or a refusal."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import HolidayCalendar


@dataclass(frozen=True, slots=True)
class IssueNotice:
    """Bring a notice into force. Nothing that fell due before `chase_from` will be chased."""

    terms: NoticeFile
    calendar: HolidayCalendar
    chase_from: datetime


@dataclass(frozen=True, slots=True)
class OpenOccurrences:
    """Open every occurrence whose time has come. `existing` are the occurrences that the record already holds."""

    notice: str
    existing: frozenset[str]


@dataclass(frozen=True, slots=True)
class TakeDueStep:
    """Take whatever step of the chase is due now, if any."""

    occurrence: OccurrenceId


@dataclass(frozen=True, slots=True)
class AcknowledgeTask:
    """`task` is ``owed``, or the rung that opened the task."""

    occurrence: OccurrenceId
    task: str = "owed"


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
class RecordReviewHeld:
    occurrence: OccurrenceId
    held_on: date
    summary: str


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    occurrence: OccurrenceId
    finding: str


@dataclass(frozen=True, slots=True)
class RecordMessageSent:
    occurrence: OccurrenceId
    message: str
    channel: str
    message_id: str
    content_sha256: str
    answer: str


@dataclass(frozen=True, slots=True)
class RecordMessageUndeliverable:
    occurrence: OccurrenceId
    message: str
    channel: str
    fault: str


OccurrenceCommand = (
    TakeDueStep
    | AcknowledgeTask
    | SubmitReport
    | AcceptReport
    | RecordReviewHeld
    | RecordAssessment
    | RecordMessageSent
    | RecordMessageUndeliverable
)
NoticeCommand = IssueNotice | OpenOccurrences
Command = NoticeCommand | OccurrenceCommand
