"""Requiring a diagnostic review of a service area, and agreeing who conducts it: two decisions of two people."""

from datetime import datetime
from textwrap import shorten

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AgreeParty, RequireDiagnosticReview
from domain.events.reviewing import PartyAgreed
from domain.notice.opening import next_period, open_on_request
from domain.refusals import (
    DateInThePast,
    FourEyesRequired,
    NoLongerOwed,
    NotInYourRole,
    ObligationNotKnown,
    OccurrenceAlreadyMet,
    PartyAlreadyAgreed,
    ReasonMissing,
    Refusal,
    WrongKindOfObligation,
)
from domain.reviewing.standing import beyond_the_calendar
from domain.terms.obligations import OnDemand
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import held_role, messages_to, titles, today

LONGEST_TITLE = 200


def require(case: Case, command: RequireDiagnosticReview, by: Actor, now: datetime) -> Decision:
    notice = case.notice
    obligation = _that_can_be_demanded(case, command.obligation)
    if isinstance(obligation, Refusal):
        return obligation
    held = _acting_as(case, by, notice.roles_in(obligation.demanded_by), now)
    if isinstance(held, Refusal):
        return held
    if command.wanted_by < today(notice, now):
        return DateInThePast(f"{plain_date(command.wanted_by)} has passed; name a day that is still to come.")
    fault = beyond_the_calendar(notice, command.wanted_by)
    if fault is not None:
        return fault
    area = tidy(command.area)
    if not area:
        return ReasonMissing("Say which service area is to be reviewed.")
    return open_on_request(
        notice,
        obligation,
        next_period(notice.terms.id, obligation.id, "", case.others),
        title=shorten(f"{obligation.title}: {area}", LONGEST_TITLE, placeholder=" …"),
        due_on=command.wanted_by,
        now=now,
        about=area,
        asked_by=by.id,
        asked_as=held,
    )


def agree(case: Case, command: AgreeParty, by: Actor, now: datetime) -> Decision:
    facts = case.occurrence.facts
    obligation = case.notice.obligation(facts.obligation)
    if not isinstance(obligation, OnDemand) or obligation.agreed_by is None:
        return WrongKindOfObligation(f"Nobody has to agree who conducts “{facts.title}”.")
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"“{facts.title}” has been recorded as held already.")
    before = case.occurrence.review.party
    if before is not None:
        return PartyAlreadyAgreed(f"It has been agreed already that {before} conducts it.")
    held = _acting_as(case, by, (obligation.agreed_by,), now)
    if isinstance(held, Refusal):
        return held
    if by.id == facts.asked_by:
        return FourEyesRequired("Whoever required the review cannot agree alone who conducts it.")
    party = tidy(command.party)
    if not party:
        return ReasonMissing("Name the party that conducts the review.")
    required_it = (facts.asked_as,) if facts.asked_as else ()
    messages = messages_to(case, "party-agreed", required_it, now)
    return (Draft(command.occurrence.stream, PartyAgreed(party, by.id, held, messages, now)),)


def _that_can_be_demanded(case: Case, name: str) -> OnDemand | Refusal:
    obligation = case.notice.find_obligation(name)
    if obligation is None:
        return ObligationNotKnown(f"The notice has no obligation “{name}”.")
    if not isinstance(obligation, OnDemand):
        return WrongKindOfObligation(f"{obligation.title} is not something that is owed on demand.")
    if obligation not in case.notice.owed:
        return NoLongerOwed(f"{obligation.title} is owed no more.")
    return obligation


def _acting_as(case: Case, by: Actor, roles: tuple[str, ...], now: datetime) -> str | Refusal:
    held = held_role(case.notice, by, roles, now)
    return held or NotInYourRole(f"This is for {titles(case.notice, roles)}.")
