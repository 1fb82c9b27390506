"""What happened to a notice: it was issued, with everything it says and how it is read."""

from dataclasses import dataclass

from domain.terms.clauses import Clause, Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import Header
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Role
from domain.time.calendar import HolidayCalendar
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class NoticeIssued:
    """`chase_from`: nothing that fell due before this instant is chased."""

    header: Header
    chase_from: Instant
    issued_by: str
    issued_at: Instant


@dataclass(frozen=True, slots=True)
class CalendarAdopted:
    """Working days are counted on this calendar. It is recorded whole, so that no later edition can move a date."""

    calendar: HolidayCalendar
    sha256: str
    adopted_at: Instant


@dataclass(frozen=True, slots=True)
class PartyNamed:
    party: Party
    named_at: Instant


@dataclass(frozen=True, slots=True)
class RoleEstablished:
    role: Role
    established_at: Instant


@dataclass(frozen=True, slots=True)
class PersonAppointed:
    """The holder is named; how they are reached is kept outside the record."""

    appointment: Appointment
    name: str
    appointed_at: Instant


@dataclass(frozen=True, slots=True)
class ClauseStated:
    clause: Clause
    stated_at: Instant


@dataclass(frozen=True, slots=True)
class InterpretationRuled:
    interpretation: Interpretation
    ruled_at: Instant


@dataclass(frozen=True, slots=True)
class LadderSet:
    ladder: Ladder
    set_at: Instant


@dataclass(frozen=True, slots=True)
class ObligationImposed:
    obligation: Obligation
    imposed_at: Instant
