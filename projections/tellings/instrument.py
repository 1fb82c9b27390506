"""A notice was issued, with everything that it says."""

from domain.events import instrument
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import plain_date
from projections.tellings.parts import Telling
from projections.words import body, capital, clause_name, person_name, role_title


def _issued(event: instrument.NoticeIssued, notice: Notice, _: Occurrence) -> str:
    recipient = body(notice, event.header.recipient)
    return f"{capital(person_name(notice, event.issued_by))} issued the {event.header.title} to {recipient}."


def _calendar(event: instrument.CalendarAdopted, _: Notice, __: Occurrence) -> str:
    calendar = event.calendar
    return f"Working days are counted on the calendar “{calendar.name}”, edition {calendar.edition}."


def _party(event: instrument.PartyNamed, _: Notice, __: Occurrence) -> str:
    return f"{event.party.name} is a party to the notice."


def _role(event: instrument.RoleEstablished, notice: Notice, _: Occurrence) -> str:
    return f"{event.role.title} is a role within {body(notice, event.role.party)}."


def _appointed(event: instrument.PersonAppointed, notice: Notice, _: Occurrence) -> str:
    given = event.appointment
    until = f" until {plain_date(given.until)}" if given.until else ""
    return f"{event.name} is {role_title(notice, given.role)} from {plain_date(given.since)}{until}."


def _clause(event: instrument.ClauseStated, notice: Notice, _: Occurrence) -> str:
    return f"The notice says in {clause_name(notice, event.clause.id)}: “{event.clause.text}”"


def _ruled(event: instrument.InterpretationRuled, notice: Notice, _: Occurrence) -> str:
    given = event.interpretation
    basis, who = capital(clause_name(notice, given.clause)), role_title(notice, given.ruled_by)
    return f"{basis} leaves open: “{given.question}” The {who} reads it thus: {given.ruling}"


def _ladder(event: instrument.LadderSet, notice: Notice, _: Occurrence) -> str:
    whose = body(notice, event.ladder.track)
    return f"What {whose} owes and is late with is brought further up in {len(event.ladder.rungs)} steps."


def _imposed(event: instrument.ObligationImposed, notice: Notice, _: Occurrence) -> str:
    owed, whose, whom = event.obligation, event.obligation.obligor, event.obligation.obligee
    basis = capital(clause_name(notice, owed.clause))
    return f"{basis}, between {body(notice, whose)} and {body(notice, whom)}: {owed.title}."


TELLINGS: dict[type, Telling] = {
    instrument.NoticeIssued: _issued,
    instrument.CalendarAdopted: _calendar,
    instrument.PartyNamed: _party,
    instrument.RoleEstablished: _role,
    instrument.PersonAppointed: _appointed,
    instrument.ClauseStated: _clause,
    instrument.InterpretationRuled: _ruled,
    instrument.LadderSet: _ladder,
    instrument.ObligationImposed: _imposed,
}
