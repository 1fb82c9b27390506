"""What happened, told with names and titles instead of identifiers: a telling for every kind of event."""

from collections.abc import Callable
from typing import Any

from domain.events import chasing, delivery, instrument, owing
from domain.events.kinds import KINDS
from domain.notice.state import Notice
from domain.occurrence.state import OWED, Occurrence
from domain.time.words import plain_date
from projections.rungs import WHAT_HAPPENED
from projections.words import (
    body,
    capital,
    clause_name,
    day_of,
    joined,
    long_date,
    moment,
    person_in_role,
    person_name,
    role_title,
    thing,
)

Telling = Callable[[Any, Notice, Occurrence], str]

_BY = {"smtp": "mail"}


def tell(event: Any, notice: Notice, occurrence: Occurrence | None = None) -> str:
    """The sentence of one event. `occurrence` is needed for events of an occurrence."""
    return TELLINGS[type(event)](event, notice, occurrence or Occurrence())


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


def _opened(event: owing.OccurrenceOpened, notice: Notice, _: Occurrence) -> str:
    what = capital(thing(notice, event))
    return f"{what} opened; it is due by the end of {long_date(event.due_on)}."


def _acknowledged(event: owing.TaskAcknowledged, notice: Notice, occurrence: Occurrence) -> str:
    who, role = person_name(notice, event.acknowledged_by), role_title(notice, event.acknowledged_as)
    what = thing(notice, occurrence.facts)
    if event.task == OWED:
        return f"{who} acknowledged {what} as {role}."
    standing = occurrence.standing_of(event.task)
    task = {"refer": "the referral of", "assess": "the request to assess"}.get(
        standing.rung.do if standing else "", "the escalation of"
    )
    return f"{who} acknowledged {task} {what} as {role}."


def _submitted(event: owing.ReportSubmitted, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.submitted_by, event.submitted_as)
    when = moment(event.received_at, notice.terms.zone)
    titles = {section.id: section.title for section in occurrence.facts.sections}
    lacks = joined([f"“{titles.get(each, each)}”" for each in event.missing])
    sentence = (
        f"{_version(event.version)} of {thing(notice, occurrence.facts)} was received from {who} on {when}"
    )
    return f"{sentence}; nothing was said under {lacks}." if lacks else f"{sentence}."


def _accepted(event: owing.ReportAccepted, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.accepted_by, event.accepted_as)
    return f"{who} accepted {_version(event.version).lower()} of {thing(notice, occurrence.facts)}."


def _held(event: owing.ReviewHeld, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    return f"{who} recorded that {thing(notice, occurrence.facts)} was held on {long_date(event.held_on)}."


def _assessed(event: owing.DeliveryAssessed, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.assessed_by, event.assessed_as)
    return f"{who} assessed {thing(notice, occurrence.facts)}: {event.finding}"


def _raised(event: chasing.RungRaised, notice: Notice, occurrence: Occurrence) -> str:
    if isinstance(event, chasing.AcknowledgementRequested):
        return _asked(event, notice, occurrence)
    words = WHAT_HAPPENED[type(event)].format(
        thing=thing(notice, occurrence.facts), whom=_whom(event, notice), power=getattr(event, "power", "")
    )
    return f"{capital(words)}{_vacant(event, notice)}"


def _asked(event: chasing.AcknowledgementRequested, notice: Notice, occurrence: Occurrence) -> str:
    what, opened_by = thing(notice, occurrence.facts), occurrence.standing_of(event.task)
    brought = (
        f"{what} was brought to the {_titles(opened_by.rung.to, notice)}" if opened_by else f"{what} is owed"
    )
    return (
        f"{capital(brought)}, and nobody had acknowledged it; a reminder went to {_whom(event, notice)}."
        f"{_vacant(event, notice)}"
    )


def _collapsed(event: chasing.RungsCollapsed, _: Notice, occurrence: Occurrence) -> str:
    taken, spared = _steps((event.into,), occurrence), _steps(event.rungs, occurrence)
    return f"After an interruption only one step was taken, {taken}; not sent: {spared}."


def _not_chased(event: chasing.RungsNotChased, notice: Notice, occurrence: Occurrence) -> str:
    since = day_of(event.chase_from, notice.terms.zone)
    return (
        f"Steps that fell before chasing began on {since} were not taken: {_steps(event.rungs, occurrence)}."
    )


def _resolved(event: chasing.EscalationResolved, notice: Notice, occurrence: Occurrence) -> str:
    standing = occurrence.standing_of(event.rung)
    whom = f" to the {_titles(standing.rung.to, notice)}" if standing else ""
    return f"The escalation of {thing(notice, occurrence.facts)}{whom} is over: {event.because}"


def _sent(event: delivery.MessageSent, notice: Notice, occurrence: Occurrence) -> str:
    whom, about = person_name(notice, event.person), _about(event, notice, occurrence)
    return f"The message to {whom} {about} was sent by {_BY.get(event.channel, event.channel)}."


def _undeliverable(event: delivery.MessageUndeliverable, notice: Notice, occurrence: Occurrence) -> str:
    whom, fault = person_name(notice, event.person), event.fault.rstrip(".")
    return f"The message to {whom} {_about(event, notice, occurrence)} could not be delivered: {fault}."


def _about(
    event: delivery.MessageSent | delivery.MessageUndeliverable, notice: Notice, occurrence: Occurrence
) -> str:
    what, standing = thing(notice, occurrence.facts), occurrence.standing_of(event.rung or "")
    if standing is None:
        return f"about {what}"
    if any(each.id == event.message for each in standing.resolution):
        return f"that {standing.rung.in_words} of {what} is over"
    return (
        f"with {standing.rung.in_words} of {what}"
        if standing.rung.chases is None
        else f"asking to acknowledge {what}"
    )


def _version(number: int) -> str:
    return f"Version {number}"


def _whom(event: chasing.RungRaised, notice: Notice) -> str:
    return joined([person_in_role(notice, each.person, each.role) for each in event.messages]) or "nobody"


def _vacant(event: chasing.RungRaised, notice: Notice) -> str:
    return f" Nobody held the role of {_titles(event.vacant, notice)}." if event.vacant else ""


def _titles(roles: tuple[str, ...], notice: Notice) -> str:
    return joined([role_title(notice, role) for role in roles])


def _steps(rungs: tuple[str, ...], occurrence: Occurrence) -> str:
    found = [occurrence.standing_of(rung) for rung in rungs]
    return joined([each.rung.in_words for each in found if each])


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
    owing.OccurrenceOpened: _opened,
    owing.TaskAcknowledged: _acknowledged,
    owing.ReportSubmitted: _submitted,
    owing.ReportAccepted: _accepted,
    owing.ReviewHeld: _held,
    owing.DeliveryAssessed: _assessed,
    **{kind.shape: _raised for kind in KINDS if issubclass(kind.shape, chasing.RungRaised)},
    chasing.RungsCollapsed: _collapsed,
    chasing.RungsNotChased: _not_chased,
    chasing.EscalationResolved: _resolved,
    delivery.MessageSent: _sent,
    delivery.MessageUndeliverable: _undeliverable,
}
