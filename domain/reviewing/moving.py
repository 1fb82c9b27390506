"""Moving a review. Its pack moves with it, for the same reason, and never into the past."""

from datetime import date, datetime

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.commands import MoveReview
from domain.events.chasing import Message
from domain.events.reviewing import ReviewMoved
from domain.refusals import NothingChanges, ReasonMissing, Refusal, ReviewNotPlanned
from domain.reviewing.pack import redate_pack, those_reviewed
from domain.reviewing.standing import conducting_role, fault_in_days, not_to_be_held
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import messages_to


def move(case: Case, command: MoveReview, by: Actor, now: datetime) -> Decision:
    review, starts_on = case.occurrence.review, command.starts_on
    fault = not_to_be_held(case)
    if fault is not None:
        return fault
    if review.starts_on is None:
        return ReviewNotPlanned("This review has not been planned yet, so it cannot be moved. Plan it.")
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = fault_in_days(case.notice, starts_on, command.ends_on, now)
    if fault is not None:
        return fault
    if (starts_on, command.ends_on) == (review.starts_on, review.ends_on):
        return NothingChanges("The review stands on these days already.")
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why the review moves; those who are reviewed are told.")
    moved = ReviewMoved(
        starts_on, command.ends_on, review.starts_on, reason, by.id, held, _told(case, now), now
    )
    pack = _pack_moves(case, review.starts_on, starts_on, reason, now)
    return (Draft(command.occurrence.stream, moved), *pack)


def _told(case: Case, now: datetime) -> tuple[Message, ...]:
    """Those who were told of the review; nobody, while it is only planned."""
    review = case.occurrence.review
    if review.notified is None:
        return ()
    return messages_to(case, f"moved-{len(review.moves) + 1}", those_reviewed(case), now)


def _pack_moves(case: Case, was: date, starts_on: date, reason: str, now: datetime) -> tuple[Draft, ...]:
    if starts_on == was:
        return NOTHING
    because = f"the review moved from {plain_date(was)} to {plain_date(starts_on)}: {reason}"
    return tuple(redate_pack(case, starts_on, because, now))
