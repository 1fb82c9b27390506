"""Planning a review: when it takes place, who conducts it, and on what."""

from collections.abc import Iterable
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import PlanReview
from domain.events.reviewing import ReviewPlanned
from domain.refusals import ReasonMissing, Refusal, ReviewAlreadyPlanned
from domain.reviewing.standing import conducting_role, fault_in_days, not_to_be_held
from domain.time.words import plain_range
from domain.values import tidy


def plan_review(case: Case, command: PlanReview, by: Actor, now: datetime) -> Decision:
    """Any theme may be named: what a review may cover is not exclusive to what the notice lists."""
    review = case.occurrence.review
    fault = not_to_be_held(case)
    if fault is not None:
        return fault
    if review.planned is not None and review.starts_on and review.ends_on:
        planned = plain_range(review.starts_on, review.ends_on)
        return ReviewAlreadyPlanned(f"This review has been planned for {planned}. Move it instead.")
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = fault_in_days(case.notice, command.starts_on, command.ends_on, now)
    if fault is not None:
        return fault
    reviewers = listed(command.reviewers)
    if not reviewers:
        return ReasonMissing("Name at least one person who conducts the review.")
    happened = ReviewPlanned(
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        reviewers=reviewers,
        scope=tidy(command.scope),
        themes=listed(command.themes),
        planned_by=by.id,
        planned_as=held,
        planned_at=now,
    )
    return (Draft(command.occurrence.stream, happened),)


def listed(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order in which they were named, and none that says nothing."""
    return tuple(dict.fromkeys(said for each in words if (said := tidy(each))))
