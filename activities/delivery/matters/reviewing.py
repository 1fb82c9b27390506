"""What is told about reviews, and about what is provided for them."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import Matter, MatterOf, doer, said, sections, what
from activities.delivery.sentences import joined, long_date
from domain.case import Case
from domain.events import reviewing


def _agreed(event: reviewing.PartyAgreed, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.agreed_by, event.agreed_as)
    return Matter(
        subject="Agreed who conducts it",
        happened=f"{who} agreed that “{event.party}” conducts {what(case)}.",
        act="The review can be planned now, here:",
    )


def _notified(event: reviewing.ReviewNotified, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.notified_by, event.notified_as)
    return Matter(
        subject="Notice of a review",
        happened=f"{who} gave you notice of {what(case)}.{_when_and_by_whom(case)}",
        act="What has to be there before the review and during it is among your tasks from now on. The review is here:",
    )


def _when_and_by_whom(case: Case) -> str:
    review = case.occurrence.review
    if review.planned is None or review.starts_on is None or review.ends_on is None:
        return ""
    days = long_date(review.starts_on)
    if review.ends_on != review.starts_on:
        days = f"{days} to {long_date(review.ends_on)}"
    names = case.notice.names
    reviewers = joined([names.get(each, each) for each in review.planned.reviewers])
    scope = f" Its scope: {said(review.planned.scope)}" if review.planned.scope else ""
    return f" It takes place on {days} and is conducted by {reviewers}.{scope}"


def _moved(event: reviewing.ReviewMoved, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.moved_by, event.moved_as)
    was, now = long_date(event.was), long_date(event.starts_on)
    begins = (
        f"now begins on {now} and no longer on {was}"
        if event.was != event.starts_on
        else "ends on another day"
    )
    return Matter(
        subject="Review moved",
        happened=f"{who} moved {what(case)}, which {begins}: {said(event.reason)} "
        "What has to be there before it and during it moves with it.",
        act="Look at the new days here:",
    )


def _outcome(event: reviewing.OutcomeIssued, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.issued_by, event.issued_as)
    yours = [each for each in event.findings if each.owner == call.role]
    actions = joined([f"“{each.action.rstrip(' .')}”" for each in yours])
    for_you = f" For you to act on: {actions}." if actions else ""
    return Matter(
        subject="Outcome of the review",
        happened=f"{who} issued the outcome of {what(case)}: {said(event.letter)}{for_you}",
        act="Say here what was done about the findings that are yours:"
        if yours
        else "Read the outcome here:",
    )


def _item_refused(event: reviewing.ItemRefused, case: Case, call: Call) -> Matter:
    who, item = doer(case, call, event.recorded_by, event.recorded_as), sections(case, (event.item,))
    is_theirs = call.role == case.occurrence.facts.assignee
    return Matter(
        subject="Not provided for the review",
        happened=f"{who} recorded that {item} was not provided: {said(event.reason)}",
        act="It can still be provided, and is confirmed then. See here what else is asked for:"
        if is_theirs
        else "Take it up with those who owe it. It can still be provided, and is confirmed then. The record is here:",
    )


MATTERS: dict[str, MatterOf] = {
    "party-agreed": _agreed,
    "review-notified": _notified,
    "review-moved": _moved,
    "outcome-issued": _outcome,
    "item-refused": _item_refused,
}
