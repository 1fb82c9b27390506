"""What happened to a notice after it was issued: varied, read otherwise, ended; and who acts under it."""

from dataclasses import dataclass
from datetime import date

from domain.terms.clauses import Interpretation
from domain.terms.notice_file import Header
from domain.terms.parties import Party
from domain.time.calendar import HolidayCalendar
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class NoticeVaried:
    """What differs follows as events of its own. `header` is the instrument as it reads from then on."""

    variation: str
    reason: str
    header: Header
    decided_on: date
    effective_on: date
    varied_by: str
    varied_as: str
    varied_at: Instant


@dataclass(frozen=True, slots=True)
class ClauseRemoved:
    clause: str
    reason: str
    removed_at: Instant


@dataclass(frozen=True, slots=True)
class ObligationEnded:
    """It is owed no more; what is open of it is withdrawn."""

    obligation: str
    reason: str
    ended_at: Instant


@dataclass(frozen=True, slots=True)
class ObligationReleased:
    """The body that had to be satisfied is satisfied."""

    obligation: str
    reasons: str
    decided_on: date
    released_by: str
    released_as: str
    released_at: Instant


@dataclass(frozen=True, slots=True)
class NoticeLifted:
    """`kept` obligations go on until `after_care_until`."""

    reason: str
    kept: tuple[str, ...]
    after_care_until: date | None
    decided_on: date
    issued_on: date
    lifted_by: str
    lifted_as: str
    lifted_at: Instant


@dataclass(frozen=True, slots=True)
class NoticeSuperseded:
    """`successor` is the notice that took its place; stepped down, if it asks for less."""

    successor: str
    instrument: str
    stepped_down: bool
    reason: str
    law: str | None
    decided_on: date
    superseded_by: str
    superseded_as: str
    superseded_at: Instant


@dataclass(frozen=True, slots=True)
class NoticeClosed:
    """After-care has run out."""

    closed_at: Instant


@dataclass(frozen=True, slots=True)
class BodySucceeded:
    """Another body stands where a party stood; `was` is the name of the one before."""

    party: Party
    was: str
    since: date
    law: str
    recorded_by: str
    recorded_as: str
    recorded_at: Instant


@dataclass(frozen=True, slots=True)
class InterpretationRevised:
    """`was` is the ruling as it stood."""

    interpretation: Interpretation
    was: str
    reason: str
    revised_by: str
    revised_as: str
    revised_at: Instant


@dataclass(frozen=True, slots=True)
class HolidayProclaimed:
    """`calendar` is the edition that holds it."""

    day: date
    title: str
    reason: str
    calendar: HolidayCalendar
    sha256: str
    recorded_by: str
    recorded_as: str
    proclaimed_at: Instant


@dataclass(frozen=True, slots=True)
class AppointmentEnded:
    role: str
    person: str
    until: date
    reason: str
    ended_by: str
    ended_as: str
    ended_at: Instant


@dataclass(frozen=True, slots=True)
class RoleConflictFound:
    """One person holds roles that one person should not hold."""

    person: str
    roles: tuple[str, ...]
    found_at: Instant


@dataclass(frozen=True, slots=True)
class VacancyFound:
    """Nobody holds a role that has to be held."""

    role: str
    since: date
    obligation: str
    found_at: Instant


@dataclass(frozen=True, slots=True)
class RoleDelegated:
    """Somebody else acts in a role on these days, both included."""

    role: str
    holder: str
    to: str
    since: date
    until: date
    reason: str
    delegated_at: Instant


@dataclass(frozen=True, slots=True)
class VisitNoted:
    visitor: str
    day: date
    purpose: str
    noted_by: str
    noted_as: str
    noted_at: Instant


@dataclass(frozen=True, slots=True)
class ComplianceRated:
    obligation: str
    rating: str
    basis: str
    rated_by: str
    rated_as: str
    rated_at: Instant
