"""Roles that one person should not hold besides each other."""

from datetime import date

from domain.notice.state import Notice
from domain.refusals import Refusal, RoleNotKnown
from domain.terms.parties import Appointment

Days = tuple[date, date | None]


def role_not_known(notice: Notice, role: str) -> Refusal | None:
    if any(each.id == role for each in notice.roles):
        return None
    return RoleNotKnown(
        f"There is no role “{role}” in this notice; there are {', '.join(each.id for each in notice.roles)}."
    )


def conflicting(notice: Notice, appointment: Appointment) -> tuple[str, ...]:
    """The roles in which the person acts on some day of the appointment and that conflict with it, either way round."""
    days = (appointment.since, appointment.until)
    held = [
        (each.role, each.since, each.until)
        for each in notice.appointments
        if each.person == appointment.person
    ]
    held += [
        (each.role, each.since, each.until) for each in notice.delegations if each.to == appointment.person
    ]
    own = {role for role, since, until in held if have_a_day_in_common((since, until), days)}
    conflicts = notice.role(appointment.role).conflicts_with
    return tuple(
        role.id
        for role in notice.roles
        if role.id in own and (role.id in conflicts or appointment.role in role.conflicts_with)
    )


def have_a_day_in_common(some: Days, others: Days) -> bool:
    """Without an end they go on."""
    (first, last), (other_first, other_last) = some, others
    return (last is None or other_first <= last) and (other_last is None or first <= other_last)
