"""Telling those who are reviewed. From then on they owe what has to be there before the review and during it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import NotifyReview
from domain.events.reviewing import ReviewNotified
from domain.refusals import Refusal, ReviewAlreadyNotified, ReviewNotPlanned
from domain.reviewing.pack import open_pack, those_reviewed
from domain.reviewing.standing import conducting_role, not_to_be_held
from domain.who import day_words, messages_to


def notify(case: Case, command: NotifyReview, by: Actor, now: datetime) -> Decision:
    review = case.occurrence.review
    fault = not_to_be_held(case)
    if fault is not None:
        return fault
    if review.starts_on is None:
        return ReviewNotPlanned("This review has not been planned yet. Plan it first.")
    if review.notified is not None:
        told_on = day_words(case.notice, review.notified.notified_at)
        return ReviewAlreadyNotified(f"Those who are reviewed were told on {told_on} already.")
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    messages = messages_to(case, "notified", those_reviewed(case), now)
    told = Draft(command.occurrence.stream, ReviewNotified(by.id, held, messages, now))
    return (told, *open_pack(case, review.starts_on, now))
