"""A notice as its events have made it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.events import instrument as happened
from domain.terms.clauses import Clause, Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import Header
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Role
from domain.time.calendar import HolidayCalendar


@dataclass(frozen=True, slots=True)
class Notice:
    """The frozen state of one notice. Tuples keep the order in which things were stated."""

    header: Header | None = None
    chase_from: datetime | None = None
    calendar: HolidayCalendar | None = None
    parties: tuple[Party, ...] = ()
    roles: tuple[Role, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    version: int = 0

    @property
    def is_issued(self) -> bool:
        return self.header is not None

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

    def obligation(self, obligation_id: str) -> Obligation:
        return next(each for each in self.obligations if each.id == obligation_id)

    def ladder(self, ladder_id: str) -> Ladder:
        return next(each for each in self.ladders if each.id == ladder_id)

    def role(self, role_id: str) -> Role:
        return next(each for each in self.roles if each.id == role_id)

    def clause(self, clause_id: str) -> Clause:
        return next(each for each in self.clauses if each.id == clause_id)

    def person_name(self, person: str) -> str:
        return self.names.get(person, person)

    def party_name(self, party_id: str) -> str:
        return next((each.name for each in self.parties if each.id == party_id), party_id)

    def holders(self, role_id: str, day: date) -> tuple[str, ...]:
        """Who held a role on a day: nobody, one person, or several."""
        return tuple(each.person for each in self.appointments if each.role == role_id and each.covers(day))

    def roles_of(self, person: str, day: date) -> tuple[str, ...]:
        return tuple(each.role for each in self.appointments if each.person == person and each.covers(day))

    def accepting_roles(self, obligation_id: str) -> tuple[str, ...]:
        """Who answers for the obligee when something is received."""
        obligation = self.obligation(obligation_id)
        return (obligation.accepted_by,) if obligation.accepted_by else self.roles_in(obligation.obligee)

    def roles_in(self, party: str) -> tuple[str, ...]:
        return tuple(role.id for role in self.roles if role.party == party)


def evolve(notice: Notice, event: Any) -> Notice:
    """The notice after one more event."""
    after = replace(notice, version=notice.version + 1)
    match event:
        case happened.NoticeIssued(header, chase_from):
            return replace(after, header=header, chase_from=chase_from)
        case happened.CalendarAdopted(calendar):
            return replace(after, calendar=calendar)
        case happened.PartyNamed(party):
            return replace(after, parties=(*notice.parties, party))
        case happened.RoleEstablished(role):
            return replace(after, roles=(*notice.roles, role))
        case happened.PersonAppointed(appointment, name):
            return replace(
                after,
                appointments=(*notice.appointments, appointment),
                names={**notice.names, appointment.person: name},
            )
        case happened.ClauseStated(clause):
            return replace(after, clauses=(*notice.clauses, clause))
        case happened.InterpretationRuled(interpretation):
            return replace(after, interpretations=(*notice.interpretations, interpretation))
        case happened.LadderSet(ladder):
            return replace(after, ladders=(*notice.ladders, ladder))
        case happened.ObligationImposed(obligation):
            return replace(after, obligations=(*notice.obligations, obligation))
    raise TypeError(f"{type(event).__name__} is not an event of a notice")


def fold(events: Iterable[Any], start: Notice | None = None) -> Notice:
    notice = start or Notice()
    for event in events:
        notice = evolve(notice, event)
    return notice
