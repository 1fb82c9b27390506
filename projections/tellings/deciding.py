"""A concern was recorded and answered; the use of a power was considered and decided."""

from domain.corrections.in_words import change_in_words
from domain.deciding.power import IN_WORDS
from domain.events import deciding
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import counted
from projections.tellings.parts import Telling, said
from projections.words import clause_name, joined, long_date, obligation_title, person_in_role, role_title


def _concern(event: deciding.ConcernRecorded, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    clauses = joined([clause_name(notice, each) for each in event.clauses])
    about = f" about {clauses}" if clauses else ""
    return f"{who} recorded a concern{about}: {said(event.concern)}"


def _closed(event: deciding.ConcernClosed, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.closed_by, event.closed_as)
    return f"{who} answered and closed the concern: {said(event.reasons)}"


def _referred(event: deciding.ConcernReferred, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.referred_by, event.referred_as)
    return f"{who} referred the concern for consideration under {event.power}: {said(event.reasons)}"


def _opened(event: deciding.ConsiderationOpened, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.opened_by, event.opened_as)
    power = obligation_title(notice, occurrence.facts.obligation)
    matters = joined([_matter(each, notice) for each in event.matters])
    about = f" It is about {matters}." if matters else ""
    before = (
        f" Before those who decide are {counted(len(event.pack), 'part')} of the record."
        if event.pack
        else ""
    )
    return f"{who} opened the consideration of “{power}”: {said(event.because)}{about}{before}"


def _matter(name: str, notice: Notice) -> str:
    """What an occurrence is called, without reading it."""
    matter = OccurrenceId.parse(name)
    return f"“{obligation_title(notice, matter.obligation)}, {matter.period}”"


def _invited(event: deciding.RepresentationsInvited, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.invited_by, event.invited_as)
    return f"{who} invited representations until {long_date(event.until)}."


def _made(event: deciding.RepresentationsMade, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.made_by, event.made_as)
    return f"{who} made representations, number {event.number}: {said(event.text)}"


def _answered(event: deciding.RepresentationsAnswered, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.answered_by, event.answered_as)
    return f"{who} answered the representations, number {event.number}: {said(event.reasons)}"


def _proposed(event: deciding.DecisionProposed, notice: Notice, _: Occurrence) -> str:
    who = _signatory(event.signed, notice)
    return f"{who} proposed to {IN_WORDS[event.option]}, and signed, under {event.law}: {said(event.reasons)}"


def _decided(event: deciding.DecisionMade, notice: Notice, _: Occurrence) -> str:
    who, when = joined([_signatory(each, notice) for each in event.signatories]), long_date(event.decided_on)
    return f"{who} decided on {when} to {IN_WORDS[event.option]}, under {event.law}: {said(event.reasons)}"


def _signatory(signed: deciding.Signatory, notice: Notice) -> str:
    """By the name under which they signed."""
    return f"{signed.name} ({role_title(notice, signed.role)})"


def _issued(event: deciding.DecisionIssued, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.issued_by, event.issued_as)
    return f"{who} recorded that the decision was issued on {long_date(event.issued_on)}."


def _published(event: deciding.DecisionPublished, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.published_by, event.published_as)
    return f"{who} recorded that the decision was published on {long_date(event.published_on)}."


def _noted(event: deciding.CorrectionNoted, notice: Notice, occurrence: Occurrence) -> str:
    decided = occurrence.consideration.decided if occurrence.consideration else None
    when = "since the decision" if decided and decided.decided_at <= event.noted_at else "since"
    return f"Something that was before those who decide has been corrected {when}: {change_in_words(event, notice)}."


TELLINGS: dict[type, Telling] = {
    deciding.ConcernRecorded: _concern,
    deciding.ConcernClosed: _closed,
    deciding.ConcernReferred: _referred,
    deciding.ConsiderationOpened: _opened,
    deciding.RepresentationsInvited: _invited,
    deciding.RepresentationsMade: _made,
    deciding.RepresentationsAnswered: _answered,
    deciding.DecisionProposed: _proposed,
    deciding.DecisionMade: _decided,
    deciding.DecisionIssued: _issued,
    deciding.DecisionPublished: _published,
    deciding.CorrectionNoted: _noted,
}
