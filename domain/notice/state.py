"""A notice as its events have made it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from domain.actor import A_PARTNER, is_outside
from domain.events import correcting, instrument, tending
from domain.terms.clauses import Clause, Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import Header
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Role
from domain.time.calendar import HolidayCalendar

Phase = Literal["not issued", "in force", "after-care", "lifted", "superseded", "closed"]


@dataclass(frozen=True, slots=True)
class Notice:
    """The frozen state of one notice. Tuples keep the order in which things were stated.

    `obligations` are all that it ever imposed; `ended` those of them that are owed no more;
    `since` says from which day each is owed. `history` are its events as
    corrected.
    """

    header: Header | None = None
    chase_from: datetime | None = None
    calendar: HolidayCalendar | None = None
    parties: tuple[Party, ...] = ()
    roles: tuple[Role, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    delegations: tuple[tending.RoleDelegated, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    since: dict[str, date] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    variations: tuple[tending.NoticeVaried, ...] = ()
    lifted: tending.NoticeLifted | None = None
    superseded: tending.NoticeSuperseded | None = None
    closed: tending.NoticeClosed | None = None
    successions: tuple[tending.BodySucceeded, ...] = ()
    released: dict[str, tending.ObligationReleased] = field(default_factory=dict)
    conflicts: tuple[tending.RoleConflictFound, ...] = ()
    vacancies: tuple[tending.VacancyFound, ...] = ()
    visits: tuple[tending.VisitNoted, ...] = ()
    ratings: dict[str, tuple[tending.ComplianceRated, ...]] = field(default_factory=dict)
    proposals: tuple[correcting.CorrectionProposed, ...] = ()
    corrections: tuple[correcting.EventCorrected, ...] = ()
    history: tuple[Any, ...] = ()
    version: int = 0

    @property
    def is_issued(self) -> bool:
        return self.header is not None

    @property
    def phase(self) -> Phase:
        if self.header is None:
            return "not issued"
        if self.closed is not None:
            return "closed"
        if self.superseded is not None:
            return "superseded"
        if self.lifted is None:
            return "in force"
        return "after-care" if self.lifted.kept else "lifted"

    @property
    def is_in_force(self) -> bool:
        """Something is still owed under it, be it in after-care."""
        return self.phase in ("in force", "after-care")

    @property
    def terms(self) -> Header:
        if self.header is None:
            raise ValueError("the notice has not been issued")
        return self.header

    @property
    def working_days(self) -> HolidayCalendar:
        if self.calendar is None:
            raise ValueError("the notice has adopted no calendar")
        return self.calendar

    @property
    def owed(self) -> tuple[Obligation, ...]:
        """The obligations that are owed now."""
        if not self.is_in_force:
            return ()
        kept = self.lifted.kept if self.lifted else None
        return tuple(
            each
            for each in self.obligations
            if each.id not in self.ended and (kept is None or each.id in kept)
        )

    @property
    def owed_until(self) -> date:
        """No period falls due after this day."""
        if self.lifted is not None and self.lifted.after_care_until is not None:
            return self.lifted.after_care_until
        return self.terms.runs_until

    def obligation(self, obligation_id: str) -> Obligation:
        return next(each for each in self.obligations if each.id == obligation_id)

    def find_obligation(self, obligation_id: str) -> Obligation | None:
        return next((each for each in self.obligations if each.id == obligation_id), None)

    def ladder(self, ladder_id: str) -> Ladder:
        return next(each for each in self.ladders if each.id == ladder_id)

    def role(self, role_id: str) -> Role:
        return next(each for each in self.roles if each.id == role_id)

    def clause(self, clause_id: str) -> Clause:
        """As it reads; as it read last, if a variation has removed it: what was owed under it is still told."""
        stated = (each.clause for each in reversed(self.history) if isinstance(each, instrument.ClauseStated))
        return next(each for each in (*self.clauses, *stated) if each.id == clause_id)

    def person_name(self, person: str) -> str:
        return self.names.get(person) or (A_PARTNER if is_outside(person) else person)

    def party_name(self, party_id: str) -> str:
        return next((each.name for each in self.parties if each.id == party_id), party_id)

    def appointed(self, role_id: str, day: date) -> tuple[str, ...]:
        """Who is appointed to a role on a day, present or not."""
        return tuple(each.person for each in self.appointments if each.role == role_id and each.covers(day))

    def holders(self, role_id: str, day: date) -> tuple[str, ...]:
        """Who acts in a role on a day: those appointed, or whoever stands in for them. Nobody, one or several."""
        acting = (self.stand_in(role_id, person, day) or person for person in self.appointed(role_id, day))
        return tuple(dict.fromkeys(acting))

    def stand_in(self, role_id: str, person: str, day: date) -> str | None:
        """To whom a holder has delegated a role on a day; the latest delegation counts."""
        found = [
            each.to
            for each in self.delegations
            if each.role == role_id and each.holder == person and each.since <= day <= each.until
        ]
        return found[-1] if found else None

    def roles_of(self, person: str, day: date) -> tuple[str, ...]:
        """The roles in which somebody may act on a day: their own, and those delegated to them."""
        own = (each.role for each in self.appointments if each.person == person and each.covers(day))
        delegated = (
            each.role
            for each in self.delegations
            if self.stand_in(each.role, each.holder, day) == person
            and each.holder in self.appointed(each.role, day)
        )
        return tuple(dict.fromkeys((*own, *delegated)))

    def stands_in_for(self, person: str, role_id: str, day: date) -> str | None:
        """For whom somebody acts in a role that they do not hold themselves."""
        if person in self.appointed(role_id, day):
            return None
        return next(
            (each for each in self.appointed(role_id, day) if self.stand_in(role_id, each, day) == person),
            None,
        )

    @property
    def people_named(self) -> frozenset[str]:
        """Everybody who was ever appointed to a role or stood in for somebody: nobody else can hold one."""
        return frozenset(
            (*(each.person for each in self.appointments), *(each.to for each in self.delegations))
        )

    def accepting_roles(self, obligation_id: str) -> tuple[str, ...]:
        """Who answers for the obligee when something is received."""
        obligation = self.obligation(obligation_id)
        return (obligation.accepted_by,) if obligation.accepted_by else self.roles_in(obligation.obligee)

    def excusing_roles(self, obligation_id: str) -> tuple[str, ...]:
        """Who may extend, suspend or waive it."""
        obligation = self.obligation(obligation_id)
        if obligation.excused_by:
            return (obligation.excused_by,)
        return self.accepting_roles(obligation_id) or self.keeping_roles

    @property
    def keeping_roles(self) -> tuple[str, ...]:
        """Who keeps the notice for its issuer."""
        return (self.terms.kept_by,) if self.terms.kept_by else self.roles_in(self.terms.issuer)

    def roles_in(self, party: str) -> tuple[str, ...]:
        return tuple(role.id for role in self.roles if role.party == party)
