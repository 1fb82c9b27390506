"""A concern was recorded and answered; the use of a power was considered and decided."""

from typing import Any

from domain.events import deciding
from domain.occurrence.consideration import Consideration, Representation
from domain.occurrence.state import Occurrence
from domain.replaced import replaced as replace


def concern(after: Occurrence, event: deciding.ConcernRecorded) -> Occurrence:
    return replace(after, concern=event, receipts=(*after.receipts, *event.messages))


def concern_closed(after: Occurrence, event: deciding.ConcernClosed) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, concern_answered=event, receipts=receipts, met_at=event.closed_at)


def concern_referred(after: Occurrence, event: deciding.ConcernReferred) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, concern_answered=event, receipts=receipts, met_at=event.referred_at)


def opened(after: Occurrence, event: deciding.ConsiderationOpened) -> Occurrence:
    return replace(after, consideration=Consideration(event))


def invited(after: Occurrence, event: deciding.RepresentationsInvited) -> Occurrence:
    return _changed(after, event, invited=event)


def made(after: Occurrence, event: deciding.RepresentationsMade) -> Occurrence:
    representations = (*_of(after).representations, Representation(event))
    return _changed(after, event, representations=representations)


def answered(after: Occurrence, event: deciding.RepresentationsAnswered) -> Occurrence:
    representations = tuple(
        replace(each, answered=event) if each.made.number == event.number else each
        for each in _of(after).representations
    )
    return _changed(after, event, representations=representations)


def proposed(after: Occurrence, event: deciding.DecisionProposed) -> Occurrence:
    return _changed(after, event, proposed=event)


def decided(after: Occurrence, event: deciding.DecisionMade) -> Occurrence:
    return replace(_changed(after, event, decided=event), met_at=event.decided_at)


def issued(after: Occurrence, event: deciding.DecisionIssued) -> Occurrence:
    return _changed(after, event, issued=event)


def published(after: Occurrence, event: deciding.DecisionPublished) -> Occurrence:
    return _changed(after, event, published=event)


def corrected(after: Occurrence, event: deciding.CorrectionNoted) -> Occurrence:
    return _changed(after, event, corrected=(*_of(after).corrected, event))


def _of(after: Occurrence) -> Consideration:
    if after.consideration is None:
        raise TypeError("the occurrence is not a consideration")
    return after.consideration


def _changed(after: Occurrence, event: Any, **changes: Any) -> Occurrence:
    return replace(
        after,
        consideration=replace(_of(after), **changes),
        receipts=(*after.receipts, *getattr(event, "messages", ())),
    )


EVOLVE: dict[type, Any] = {
    deciding.ConcernRecorded: concern,
    deciding.ConcernClosed: concern_closed,
    deciding.ConcernReferred: concern_referred,
    deciding.ConsiderationOpened: opened,
    deciding.RepresentationsInvited: invited,
    deciding.RepresentationsMade: made,
    deciding.RepresentationsAnswered: answered,
    deciding.DecisionProposed: proposed,
    deciding.DecisionMade: decided,
    deciding.DecisionIssued: issued,
    deciding.DecisionPublished: published,
    deciding.CorrectionNoted: corrected,
}
