"""Standing in: somebody else acts in a role on some days, as in an absence."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import DelegateRole
from domain.events.tending import RoleDelegated
from domain.identity import notice_stream
from domain.notice.conflicts import conflicting, role_not_known
from domain.notice.state import Notice
from domain.refusals import (
    DateInThePast,
    DateOutOfOrder,
    NothingChanges,
    NotInYourRole,
    PersonNotKnown,
    ReasonMissing,
    Refusal,
    RolesConflict,
)
from domain.terms.parties import Appointment
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import titles, today


def delegate(case: Case, command: DelegateRole, by: Actor, now: datetime) -> Decision:
    """Messages go to whoever stands in, and what they do is valid; so is what the holder does."""
    notice = case.notice
    fault = (
        role_not_known(notice, command.role)
        or _not_the_holder(notice, command, by, now)
        or _fault_in_days(notice, command, now)
        or _fault_in_stand_in(notice, command, by)
    )
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why somebody else acts in this role, for example in an absence.")
    delegated = RoleDelegated(command.role, by.id, command.to, command.since, command.until, reason, now)
    return (Draft(notice_stream(notice.terms.id), delegated),)


def _not_the_holder(notice: Notice, command: DelegateRole, by: Actor, now: datetime) -> Refusal | None:
    """Whoever stands in for somebody cannot pass that on."""
    day = max(command.since, today(notice, now))
    if by.id in notice.appointed(command.role, day):
        return None
    return NotInYourRole(
        f"Only whoever holds the role of {notice.role(command.role).title} on {plain_date(day)} can delegate it, "
        f"and {notice.person_name(by.id)} does not hold it themselves."
    )


def _fault_in_days(notice: Notice, command: DelegateRole, now: datetime) -> Refusal | None:
    if command.until < command.since:
        return DateOutOfOrder("A delegation cannot end before it begins.")
    if command.until < today(notice, now):
        return DateInThePast(f"{plain_date(command.until)} has passed; nobody can be stood in for any more.")
    return None


def _fault_in_stand_in(notice: Notice, command: DelegateRole, by: Actor) -> Refusal | None:
    name = notice.person_name(command.to)
    if command.to not in notice.names:
        return PersonNotKnown(
            f"“{command.to}” is not known to this notice; appoint them to a role of it first."
        )
    if command.to == by.id:
        return NothingChanges(f"{name} holds that role already and need not stand in for themselves.")
    as_if = Appointment(role=command.role, person=command.to, since=command.since, until=command.until)
    others = conflicting(notice, as_if)
    if others:
        return RolesConflict(
            f"{name} acts as {titles(notice, others)}, which conflicts with the role of "
            f"{notice.role(command.role).title}. Choose somebody else."
        )
    return None
