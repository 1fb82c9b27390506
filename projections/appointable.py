"""What somebody may change about who holds a role, as the rules would allow it today."""

from datetime import datetime, timedelta

from domain.actor import Actor
from domain.case import Case
from domain.commands import AppointPerson, Command, EndAppointment
from domain.decide import decide
from domain.notice.state import Notice
from domain.refusals import Refusal
from domain.terms.parties import Appointment, Person
from domain.who import today
from projections.people import Holding

_NOBODY_YET = Person(id="somebody-who-is-not-known-yet", name="Somebody")


def appointable_roles(notice: Notice, person: str, now: datetime) -> tuple[str, ...]:
    """The roles to which they may appoint somebody, in the notice's own order."""
    since = today(notice, now)
    return tuple(
        role.id
        for role in notice.roles
        if _is_allowed(
            notice,
            AppointPerson(
                notice.terms.id,
                Appointment(role=role.id, person=_NOBODY_YET.id, since=since),
                _NOBODY_YET,
            ),
            person,
            now,
        )
    )


def may_end(notice: Notice, holding: Holding, person: str, now: datetime) -> bool:
    last = holding.until - timedelta(days=1) if holding.until else today(notice, now)
    command = EndAppointment(
        notice.terms.id, holding.role, holding.person, max(last, holding.since), "a reason"
    )
    return _is_allowed(notice, command, person, now)


def _is_allowed(notice: Notice, command: Command, person: str, now: datetime) -> bool:
    return not isinstance(decide(Case(notice), command, Actor("person", person), now), Refusal)
