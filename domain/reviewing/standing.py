"""What can be said of a review before anything is done about it, and who may do it."""

from datetime import date, datetime, timedelta

from domain.actor import Actor
from domain.case import Case
from domain.notice.state import Notice
from domain.refusals import (
    DateBeyondCalendar,
    DateInThePast,
    DateOutOfOrder,
    NotYourTask,
    OccurrenceAlreadyMet,
    PartyNotAgreed,
    Refusal,
    WrongKindOfObligation,
)
from domain.terms.obligations import OnDemand
from domain.time.words import plain_date
from domain.who import held_role, titles, today

REVIEWS = ("maximum-gap-review", "on-demand")
# The steps of a ladder reach up to 250 working days from a day, and each of them has to be on the calendar too.
_ROOM_FOR_A_LADDER = timedelta(days=365)


def no_review(case: Case) -> Refusal | None:
    facts = case.occurrence.facts
    if facts.kind not in REVIEWS:
        return WrongKindOfObligation(f"{facts.title} is not a review.")
    return None


def not_to_be_held(case: Case) -> Refusal | None:
    """It is no review, it has been held, or nobody has agreed yet who conducts it."""
    title = case.occurrence.facts.title
    if fault := no_review(case):
        return fault
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"{title} has been recorded as held already.")
    obligation = case.notice.obligation(case.occurrence.id.obligation)
    if isinstance(obligation, OnDemand) and obligation.agreed_by and case.occurrence.review.party is None:
        agreeing = titles(case.notice, (obligation.agreed_by,))
        return PartyNotAgreed(
            f"Who conducts “{title}” has not been agreed. {agreeing} has to agree it first."
        )
    return None


def conducting_role(case: Case, by: Actor, now: datetime) -> str | Refusal:
    """The role in which somebody acts for the party that owes the review."""
    facts, notice = case.occurrence.facts, case.notice
    held = held_role(notice, by, notice.roles_in(facts.obligor), now)
    if held is None:
        party = notice.party_name(facts.obligor)
        return NotYourTask(f"This review is owed by {party}; {notice.person_name(by.id)} is not of it.")
    return held


def fault_in_days(notice: Notice, starts_on: date, ends_on: date, now: datetime) -> Refusal | None:
    if starts_on < today(notice, now):
        return DateInThePast(f"A review can begin today or later, not on {plain_date(starts_on)}.")
    if ends_on < starts_on:
        return DateOutOfOrder("A review cannot end before it begins.")
    return beyond_the_calendar(notice, ends_on)


def beyond_the_calendar(notice: Notice, day: date) -> Refusal | None:
    """A day from which no deadline could be reckoned."""
    last = notice.working_days.last - _ROOM_FOR_A_LADDER
    if day > last:
        return DateBeyondCalendar(
            f"The calendar of the notice is too short for {plain_date(day)}; choose a day up to {plain_date(last)}."
        )
    return None
