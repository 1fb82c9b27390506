"""Recording that a review was held. The time until the next runs from the day on which this one was really held."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import RecordReviewHeld
from domain.events import owing
from domain.meeting.met import met
from domain.notice.opening import open_occurrence
from domain.notice.schedule import review_after
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotYourTask,
    OccurrenceAlreadyMet,
    Refusal,
    WrongKindOfObligation,
)
from domain.terms.obligations import MaximumGapReview
from domain.time.zones import day_start
from domain.values import tidy
from domain.who import held_role, today

HELD = ("maximum-gap-review", "on-demand")


def record_review(case: Case, command: RecordReviewHeld, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    if facts.kind not in HELD:
        return WrongKindOfObligation(f"{facts.title} is not a review.")
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"{facts.title} has been recorded as held already.")
    held = held_role(notice, by, notice.roles_in(facts.obligor), now)
    if held is None:
        return NotYourTask(f"Only {notice.party_name(facts.obligor)} can record that it held this review.")
    fault = _fault_in_day(case, command, now)
    if fault is not None:
        return fault
    held_at = day_start(command.held_on, notice.terms.zone)
    happened = owing.ReviewHeld(
        command.held_on, held_at, tidy(command.summary), by.id, held, now, command.themes
    )
    return (*met(case, happened, "the review was held.", now), *_next_review(case, command, now))


def _next_review(case: Case, command: RecordReviewHeld, now: datetime) -> tuple[Draft, ...]:
    obligation = case.notice.obligation(command.occurrence.obligation)
    if not isinstance(obligation, MaximumGapReview):
        return ()
    following = review_after(case.notice, obligation, int(command.occurrence.period) + 1, command.held_on)
    return open_occurrence(case.notice, following, now) if following else ()


def _fault_in_day(case: Case, command: RecordReviewHeld, now: datetime) -> Refusal | None:
    if command.held_on > today(case.notice, now):
        return DateInTheFuture("A review can be recorded as held only once it has been held.")
    if command.held_on < today(case.notice, case.occurrence.facts.opens):
        return DateBeforeOpening("A review cannot have been held before the one it follows.")
    return None
