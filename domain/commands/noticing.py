"""What may be asked of a notice as an instrument: issue, vary, end, rule on, appoint under it."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.terms.clauses import Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Person
from domain.time.calendar import HolidayCalendar


@dataclass(frozen=True, slots=True)
class IssueNotice:
    """Bring a notice into force. Nothing that fell due before `chase_from` will be chased."""

    terms: NoticeFile
    calendar: HolidayCalendar
    chase_from: datetime

    @property
    def notice(self) -> str:
        return self.terms.notice.id


@dataclass(frozen=True, slots=True)
class OpenOccurrences:
    """Do what the notice calls for by now: open what is to open, find what stands vacant, end what has run out."""

    notice: str


@dataclass(frozen=True, slots=True)
class VaryNotice:
    """Restate the notice in mid-flight. `terms` is the whole notice as it will read; what differs becomes events."""

    terms: NoticeFile
    variation: str
    reason: str
    decided_on: date
    effective_on: date

    @property
    def notice(self) -> str:
        return self.terms.notice.id


@dataclass(frozen=True, slots=True)
class LiftNotice:
    """End a notice. `kept` are obligations that go on in after-care until a day."""

    notice: str
    reason: str
    decided_on: date
    issued_on: date
    kept: tuple[str, ...] = ()
    after_care_until: date | None = None


@dataclass(frozen=True, slots=True)
class SupersedeNotice:
    """Another instrument, which has been issued, takes the place of this one."""

    notice: str
    successor: str
    reason: str
    decided_on: date
    stepped_down: bool = False


@dataclass(frozen=True, slots=True)
class RecordSuccession:
    """Another body takes the place of a party; everything owed by or to that party is now the new body's."""

    notice: str
    party: Party
    since: date
    law: str


@dataclass(frozen=True, slots=True)
class ReviseInterpretation:
    """Read an ambiguity otherwise from now on, with the obligations and ladders as they then stand."""

    notice: str
    interpretation: Interpretation
    reason: str
    obligations: tuple[Obligation, ...] = ()
    ladders: tuple[Ladder, ...] = ()


@dataclass(frozen=True, slots=True)
class ProclaimHoliday:
    """A day that was a working day is none any more."""

    notice: str
    day: date
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class AppointPerson:
    notice: str
    appointment: Appointment
    person: Person


@dataclass(frozen=True, slots=True)
class EndAppointment:
    """`until` is the last day on which they hold the role."""

    notice: str
    role: str
    person: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class DelegateRole:
    """Let somebody else act in one's role on some days, both included, as in an absence."""

    notice: str
    role: str
    to: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class NoteVisit:
    """A third party visits, or has visited: it stands in the calendar and is owed nothing."""

    notice: str
    visitor: str
    day: date
    purpose: str


@dataclass(frozen=True, slots=True)
class RateCompliance:
    """How far an obligation is complied with, in the view of whoever monitors it."""

    notice: str
    obligation: str
    rating: str
    basis: str


@dataclass(frozen=True, slots=True)
class ReleaseObligation:
    """The body that has to be satisfied is satisfied; the obligation ends."""

    notice: str
    obligation: str
    reasons: str
    decided_on: date


NoticeCommand = (
    IssueNotice
    | OpenOccurrences
    | VaryNotice
    | LiftNotice
    | SupersedeNotice
    | RecordSuccession
    | ReviseInterpretation
    | ProclaimHoliday
    | AppointPerson
    | EndAppointment
    | DelegateRole
    | NoteVisit
    | RateCompliance
    | ReleaseObligation
)
