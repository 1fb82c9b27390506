"""A review was agreed, planned, told, moved, and what it found; what was provided for it."""

from domain.events import reviewing
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import counted
from projections.tellings.parts import Telling, said, sections
from projections.words import capital, joined, long_date, person_in_role, person_name, thing


def _agreed(event: reviewing.PartyAgreed, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.agreed_by, event.agreed_as)
    return f"{who} agreed that “{event.party}” conducts {thing(notice, occurrence.facts)}."


def _planned(event: reviewing.ReviewPlanned, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.planned_by, event.planned_as)
    days = f"{long_date(event.starts_on)} to {long_date(event.ends_on)}"
    if event.starts_on == event.ends_on:
        days = long_date(event.starts_on)
    reviewers = joined([f"“{person_name(notice, each)}”" for each in event.reviewers])
    by = f", conducted by {reviewers}" if reviewers else ""
    themes = f"; its themes: {joined([f'“{each}”' for each in event.themes])}" if event.themes else ""
    return f"{who} planned {thing(notice, occurrence.facts)} for {days}{by}{themes}. Its scope: {said(event.scope)}"


def _notified(event: reviewing.ReviewNotified, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.notified_by, event.notified_as)
    whom = joined([person_in_role(notice, each.person, each.role) for each in event.messages]) or "nobody"
    return f"{who} gave notice of {thing(notice, occurrence.facts)} to {whom}."


def _moved(event: reviewing.ReviewMoved, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.moved_by, event.moved_as), thing(notice, occurrence.facts)
    days = f"from {long_date(event.was)} to {long_date(event.starts_on)}"
    return f"{who} moved {what} {days}: {said(event.reason)}"


def _without(event: reviewing.WentAheadWithout, notice: Notice, occurrence: Occurrence) -> str:
    what = capital(thing(notice, occurrence.facts))
    return (
        f"{what} was not there when the review was held on {long_date(event.held_on)}: it was held without."
    )


def _outcome(event: reviewing.OutcomeIssued, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.issued_by, event.issued_as)
    findings = counted(len(event.findings), "finding") if event.findings else "no findings"
    return f"{who} issued the outcome of {thing(notice, occurrence.facts)}, with {findings}: {said(event.letter)}"


def _acted(event: reviewing.FindingActedOn, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.acted_by, event.acted_as)
    return f"{who} said what was done about the finding {_finding(event.finding, occurrence)}: {said(event.done)}"


def _followed_up(event: reviewing.FindingFollowedUp, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.followed_up_by, event.followed_up_as)
    end = "closed" if event.closed else "followed up, and left open,"
    return f"{who} {end} the finding {_finding(event.finding, occurrence)}: {said(event.outcome)}"


def _confirmed(event: reviewing.ItemConfirmed, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.confirmed_by, event.confirmed_as)
    return f"{who} confirmed that {sections((event.item,), occurrence)} was provided."


def _refused(event: reviewing.ItemRefused, notice: Notice, occurrence: Occurrence) -> str:
    who, item = (
        person_in_role(notice, event.recorded_by, event.recorded_as),
        sections((event.item,), occurrence),
    )
    return f"{who} recorded that {item} was not provided: {said(event.reason)}"


def _finding(finding: str, occurrence: Occurrence) -> str:
    found = occurrence.review.finding(finding)
    return f"“{found.text.rstrip(' .') if found else finding}”"


TELLINGS: dict[type, Telling] = {
    reviewing.PartyAgreed: _agreed,
    reviewing.ReviewPlanned: _planned,
    reviewing.ReviewNotified: _notified,
    reviewing.ReviewMoved: _moved,
    reviewing.WentAheadWithout: _without,
    reviewing.OutcomeIssued: _outcome,
    reviewing.FindingActedOn: _acted,
    reviewing.FindingFollowedUp: _followed_up,
    reviewing.ItemConfirmed: _confirmed,
    reviewing.ItemRefused: _refused,
}
