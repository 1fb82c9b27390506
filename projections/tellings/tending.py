"""What happened to a notice after it was issued: varied, read otherwise, ended; and who acts under it."""

from domain.events import tending
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import plain_date
from projections.tellings.parts import Telling, said, titles
from projections.words import (
    capital,
    clause_name,
    joined,
    long_date,
    obligation_title,
    person_in_role,
    person_name,
    role_title,
)


def _varied(event: tending.NoticeVaried, notice: Notice, _: Occurrence) -> str:
    who, when = person_in_role(notice, event.varied_by, event.varied_as), long_date(event.effective_on)
    decided = long_date(event.decided_on)
    return (
        f"{who} recorded the variation “{event.variation}”, decided on {decided}, "
        f"with effect from {when}: {said(event.reason)}"
    )


def _clause_removed(event: tending.ClauseRemoved, notice: Notice, _: Occurrence) -> str:
    return (
        f"{capital(clause_name(notice, event.clause))} is no longer part of the notice: {said(event.reason)}"
    )


def _ended(event: tending.ObligationEnded, notice: Notice, _: Occurrence) -> str:
    return f"“{obligation_title(notice, event.obligation)}” is owed no more: {said(event.reason)}"


def _released(event: tending.ObligationReleased, notice: Notice, _: Occurrence) -> str:
    who, when = person_in_role(notice, event.released_by, event.released_as), long_date(event.decided_on)
    what = obligation_title(notice, event.obligation)
    return f"{who} recorded that, as decided on {when}, “{what}” is no longer required: {said(event.reasons)}"


def _lifted(event: tending.NoticeLifted, notice: Notice, _: Occurrence) -> str:
    who, decided = person_in_role(notice, event.lifted_by, event.lifted_as), long_date(event.decided_on)
    lifted = f"{who} lifted the notice, as decided on {decided} and issued on {long_date(event.issued_on)}"
    return f"{lifted}: {said(event.reason)}{_after_care(event, notice)}"


def _after_care(event: tending.NoticeLifted, notice: Notice) -> str:
    kept = joined([f"“{obligation_title(notice, each)}”" for each in event.kept])
    until = f" until {long_date(event.after_care_until)}" if event.after_care_until else ""
    return f" In after-care it goes on{until} for {kept}." if kept else ""


def _superseded(event: tending.NoticeSuperseded, notice: Notice, _: Occurrence) -> str:
    who, when = person_in_role(notice, event.superseded_by, event.superseded_as), long_date(event.decided_on)
    law = f", under {event.law}," if event.law else ""
    step = ", which asks for less," if event.stepped_down else ""
    what = f"the {event.instrument}{step} takes the place of this notice{law} as decided on {when}"
    return f"{who} recorded that {what}: {said(event.reason)}"


def _closed(_: tending.NoticeClosed, __: Notice, ___: Occurrence) -> str:
    return "After-care has run out, and the notice is closed."


def _succeeded(event: tending.BodySucceeded, notice: Notice, _: Occurrence) -> str:
    who, since = person_in_role(notice, event.recorded_by, event.recorded_as), long_date(event.since)
    return (
        f"{who} recorded that {event.party.name} stands in the place of {event.was} from {since}, "
        f"under {said(event.law)}"
    )


def _revised(event: tending.InterpretationRevised, notice: Notice, _: Occurrence) -> str:
    given = event.interpretation
    who, basis = person_in_role(notice, event.revised_by, event.revised_as), clause_name(notice, given.clause)
    now = f"“{given.ruling.rstrip(' .')}”, and no longer “{event.was.rstrip(' .')}”"
    return f"{who} read {basis} otherwise: {now}, because {said(event.reason)}"


def _holiday(event: tending.HolidayProclaimed, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    day = long_date(event.day)
    return f"{who} recorded that {day} is no working day any more ({event.title}): {said(event.reason)}"


def _appointment_ended(event: tending.AppointmentEnded, notice: Notice, _: Occurrence) -> str:
    who, whose = person_in_role(notice, event.ended_by, event.ended_as), person_name(notice, event.person)
    role = role_title(notice, event.role)
    return f"{who} recorded that {whose} is {role} until {long_date(event.until)}: {said(event.reason)}"


def _conflict(event: tending.RoleConflictFound, notice: Notice, _: Occurrence) -> str:
    who, roles = person_name(notice, event.person), titles(event.roles, notice)
    return f"{who} is {roles}: one person should not hold these roles together."


def _vacancy(event: tending.VacancyFound, notice: Notice, _: Occurrence) -> str:
    role, since = role_title(notice, event.role), long_date(event.since)
    what = obligation_title(notice, event.obligation)
    return f"Nobody holds the role of {role} since {since}, although the notice asks for “{what}”."


def _delegated(event: tending.RoleDelegated, notice: Notice, _: Occurrence) -> str:
    who, whom = person_name(notice, event.holder), person_name(notice, event.to)
    role, days = (
        role_title(notice, event.role),
        f"from {plain_date(event.since)} to {plain_date(event.until)}",
    )
    return f"{who} lets {whom} act as {role} {days}: {said(event.reason)}"


def _visit(event: tending.VisitNoted, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.noted_by, event.noted_as)
    return f"{who} noted a visit of “{event.visitor}” on {long_date(event.day)}: {said(event.purpose)}"


def _rated(event: tending.ComplianceRated, notice: Notice, _: Occurrence) -> str:
    who, what = (
        person_in_role(notice, event.rated_by, event.rated_as),
        obligation_title(notice, event.obligation),
    )
    return f"{who} rated compliance with “{what}” as “{event.rating}”: {said(event.basis)}"


TELLINGS: dict[type, Telling] = {
    tending.NoticeVaried: _varied,
    tending.ClauseRemoved: _clause_removed,
    tending.ObligationEnded: _ended,
    tending.ObligationReleased: _released,
    tending.NoticeLifted: _lifted,
    tending.NoticeSuperseded: _superseded,
    tending.NoticeClosed: _closed,
    tending.BodySucceeded: _succeeded,
    tending.InterpretationRevised: _revised,
    tending.HolidayProclaimed: _holiday,
    tending.AppointmentEnded: _appointment_ended,
    tending.RoleConflictFound: _conflict,
    tending.VacancyFound: _vacancy,
    tending.RoleDelegated: _delegated,
    tending.VisitNoted: _visit,
    tending.ComplianceRated: _rated,
}
