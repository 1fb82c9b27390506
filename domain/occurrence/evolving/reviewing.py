"""A review was agreed, planned, told, moved, and what it found; what was provided for it."""

from typing import Any

from domain.events import reviewing
from domain.occurrence.state import Occurrence
from domain.replaced import replaced as replace


def party_agreed(after: Occurrence, event: reviewing.PartyAgreed) -> Occurrence:
    review = replace(after.review, party=event.party)
    return replace(after, review=review, receipts=(*after.receipts, *event.messages))


def planned(after: Occurrence, event: reviewing.ReviewPlanned) -> Occurrence:
    review = replace(after.review, planned=event, starts_on=event.starts_on, ends_on=event.ends_on)
    return replace(after, review=review)


def notified(after: Occurrence, event: reviewing.ReviewNotified) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, review=replace(after.review, notified=event), receipts=receipts)


def moved(after: Occurrence, event: reviewing.ReviewMoved) -> Occurrence:
    review = replace(
        after.review,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        moves=(*after.review.moves, event),
    )
    return replace(after, review=review, receipts=(*after.receipts, *event.messages))


def went_without(after: Occurrence, event: reviewing.WentAheadWithout) -> Occurrence:
    return replace(after, went_without=event)


def outcome(after: Occurrence, event: reviewing.OutcomeIssued) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, review=replace(after.review, outcome=event), receipts=receipts)


def acted_on(after: Occurrence, event: reviewing.FindingActedOn) -> Occurrence:
    return replace(after, review=replace(after.review, acted_on=(*after.review.acted_on, event)))


def followed_up(after: Occurrence, event: reviewing.FindingFollowedUp) -> Occurrence:
    return replace(after, review=replace(after.review, followed_up=(*after.review.followed_up, event)))


def item_confirmed(after: Occurrence, event: reviewing.ItemConfirmed) -> Occurrence:
    """With the last of its items confirmed, a bundle has been provided."""
    confirmed = (*after.items_confirmed, event)
    whole = {section.id for section in after.facts.sections} <= {each.item for each in confirmed}
    met_at = after.met_at or (event.confirmed_at if whole else None)
    return replace(after, items_confirmed=confirmed, met_at=met_at)


def item_refused(after: Occurrence, event: reviewing.ItemRefused) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, items_refused=(*after.items_refused, event), receipts=receipts)


EVOLVE: dict[type, Any] = {
    reviewing.PartyAgreed: party_agreed,
    reviewing.ReviewPlanned: planned,
    reviewing.ReviewNotified: notified,
    reviewing.ReviewMoved: moved,
    reviewing.WentAheadWithout: went_without,
    reviewing.OutcomeIssued: outcome,
    reviewing.FindingActedOn: acted_on,
    reviewing.FindingFollowedUp: followed_up,
    reviewing.ItemConfirmed: item_confirmed,
    reviewing.ItemRefused: item_refused,
}
