"""Recording that a review was held. The time until the next runs from the day on which this one was really held."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.undoing import resolve_escalations
from domain.commands import RecordReviewHeld
from domain.events import owing
from domain.events.reviewing import WentAheadWithout
from domain.meeting.met import met
from domain.notice.opening import open_occurrence
from domain.notice.schedule import review_after
from domain.occurrence.state import Occurrence
from domain.refusals import DateBeforeOpening, DateInTheFuture, Refusal
from domain.reviewing.dating import listed
from domain.reviewing.pack import pack_of
from domain.reviewing.standing import conducting_role, not_to_be_held
from domain.terms.obligations import MaximumGapReview
from domain.time.zones import day_start
from domain.values import tidy
from domain.who import today


def record_review(case: Case, command: RecordReviewHeld, by: Actor, now: datetime) -> Decision:
    fault = not_to_be_held(case)
    if fault is not None:
        return fault
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_day(case, command, now)
    if fault is not None:
        return fault
    held_at = day_start(command.held_on, case.notice.terms.zone)
    happened = owing.ReviewHeld(
        held_on=command.held_on,
        held_at=held_at,
        summary=tidy(command.summary),
        recorded_by=by.id,
        recorded_as=held,
        recorded_at=now,
        themes=listed(command.themes),
    )
    return (
        *met(case, happened, "the review was held.", now, arrived=held_at),
        *_went_ahead_without(case, command.held_on, now),
        *_next_review(case, command, now),
    )


def _went_ahead_without(case: Case, held_on: date, now: datetime) -> Iterator[Draft]:
    """What had to be there before the review and was not on its day. It is owed no more, and that is not excused."""
    for part in pack_of(case):
        if part.facts.kind == "before-event" and not part.is_excused and not _was_there(case, part, held_on):
            if not part.is_met:
                yield from resolve_escalations(part, "the review was held without it.", now)
            yield Draft(part.id.stream, WentAheadWithout(str(case.occurrence.id), held_on, now))


def _was_there(case: Case, part: Occurrence, held_on: date) -> bool:
    return any(today(case.notice, each.received_at) <= held_on for each in part.submissions)


def _next_review(case: Case, command: RecordReviewHeld, now: datetime) -> tuple[Draft, ...]:
    obligation = case.notice.obligation(command.occurrence.obligation)
    if not isinstance(obligation, MaximumGapReview):
        return ()
    following = review_after(case.notice, obligation, int(command.occurrence.period) + 1, command.held_on)
    return open_occurrence(case.notice, following, now) if following else ()


def _fault_in_day(case: Case, command: RecordReviewHeld, now: datetime) -> Refusal | None:
    facts = case.occurrence.facts
    if command.held_on > today(case.notice, now):
        return DateInTheFuture("A review can be recorded as held only once it has been held.")
    if command.held_on < today(case.notice, facts.opens):
        before = "it was required" if facts.kind == "on-demand" else "the one it follows"
        return DateBeforeOpening(f"A review cannot have been held before {before}.")
    return None
