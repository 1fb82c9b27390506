"""Who holds a role under a notice: appointments, and their end."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AppointPerson, EndAppointment
from domain.events import tending
from domain.events.instrument import PersonAppointed
from domain.identity import notice_stream
from domain.notice.conflicts import conflicting, have_a_day_in_common, role_not_known
from domain.notice.fold import fold
from domain.notice.state import Notice
from domain.notice.vacancies import fill_vacancies
from domain.refusals import (
    DateOutOfOrder,
    NothingChanges,
    NotInYourRole,
    PersonNotKnown,
    ReasonMissing,
    Refusal,
)
from domain.terms.parties import Appointment
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import held_role, titles


def appoint(case: Case, command: AppointPerson, by: Actor, now: datetime) -> Decision:
    """A conflict with another role of that person is shown and refused to nobody; a vacancy may be filled by it."""
    notice, appointment = case.notice, command.appointment
    held = _appointing_role(notice, appointment.role, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_appointment(notice, appointment, command.person.id)
    if fault is not None:
        return fault
    events: list[object] = [PersonAppointed(appointment, tidy(command.person.name), now)]
    others = conflicting(notice, appointment)
    if others:
        events.append(tending.RoleConflictFound(appointment.person, (appointment.role, *others), now))
    stream = notice_stream(notice.terms.id)
    after = fold(events, notice)
    return (*(Draft(stream, event) for event in events), *fill_vacancies(after, case.others, now))


def end(case: Case, command: EndAppointment, by: Actor, now: datetime) -> Decision:
    """If nobody else holds the role then, it falls vacant on the day after, and the notice’s clock finds that."""
    notice = case.notice
    held = _appointing_role(notice, command.role, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_end(notice, command)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why the appointment ends.")
    ended = tending.AppointmentEnded(command.role, command.person, command.until, reason, by.id, held, now)
    return (Draft(notice_stream(notice.terms.id), ended),)


def _appointing_role(notice: Notice, role: str, by: Actor, now: datetime) -> str | Refusal:
    """Whoever keeps the notice, or anybody of the body to which the role belongs."""
    fault = role_not_known(notice, role)
    if fault is not None:
        return fault
    party = notice.role(role).party
    held = held_role(notice, by, (*notice.keeping_roles, *notice.roles_in(party)), now)
    if held is None:
        return NotInYourRole(
            f"Who holds the role of {notice.role(role).title} is for {notice.party_name(party)} to say, "
            f"or for {titles(notice, notice.keeping_roles)} to record."
        )
    return held


def _fault_in_appointment(notice: Notice, appointment: Appointment, person: str) -> Refusal | None:
    if appointment.person != person:
        return PersonNotKnown(f"The appointment is of “{appointment.person}”, and not of “{person}”.")
    if appointment.until is not None and appointment.until < appointment.since:
        return DateOutOfOrder("An appointment cannot end before it begins.")
    for each in notice.appointments:
        if (each.role, each.person) == (appointment.role, appointment.person) and have_a_day_in_common(
            (each.since, each.until), (appointment.since, appointment.until)
        ):
            return NothingChanges(
                f"{notice.person_name(person)} holds that role in those days already, "
                f"from {plain_date(each.since)} on."
            )
    return None


def _fault_in_end(notice: Notice, command: EndAppointment) -> Refusal | None:
    name, title = notice.person_name(command.person), notice.role(command.role).title
    held = [
        each for each in notice.appointments if (each.role, each.person) == (command.role, command.person)
    ]
    if not held:
        return PersonNotKnown(f"{name} has not been appointed to the role of {title}.")
    running = [each for each in held if each.until is None or each.until > command.until]
    if not running:
        return NothingChanges(f"{name} does not hold the role of {title} after {plain_date(command.until)}.")
    if all(command.until < each.since for each in running):
        return DateOutOfOrder(
            f"{name} holds the role of {title} from {plain_date(running[0].since)}; it cannot end before that."
        )
    return None
