"""A report was returned, queried, made good; partners were asked and answered."""

from typing import Any

from domain.events import reporting
from domain.occurrence.state import Occurrence, PartnerUpdate, Query
from domain.replaced import replaced as replace


def returned(after: Occurrence, event: reporting.ReportReturned) -> Occurrence:
    *earlier, last = after.submissions
    return replace(
        after,
        submissions=(*earlier, replace(last, returned=event)),
        receipts=(*after.receipts, *event.messages),
        made_good=None,
    )


def made_good(after: Occurrence, event: reporting.DeficiencyMadeGood) -> Occurrence:
    return replace(after, made_good=event)


def queried(after: Occurrence, event: reporting.QueryRaised) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, queries=(*after.queries, Query(event)), receipts=receipts)


def query_answered(after: Occurrence, event: reporting.QueryAnswered) -> Occurrence:
    queries = tuple(
        replace(each, answered=event) if each.raised.query == event.query else each for each in after.queries
    )
    return replace(after, queries=queries)


def commissioned(after: Occurrence, event: reporting.UpdateCommissioned) -> Occurrence:
    return replace(after, updates=(*after.updates, PartnerUpdate(event)))


def update_received(after: Occurrence, event: reporting.UpdateReceived) -> Occurrence:
    updates = tuple(
        replace(each, received=event) if each.commissioned.update == event.update else each
        for each in after.updates
    )
    return replace(after, updates=updates)


def found_lacking(after: Occurrence, event: reporting.ContentFoundLacking) -> Occurrence:
    return replace(after, receipts=(*after.receipts, *event.messages))


EVOLVE: dict[type, Any] = {
    reporting.ReportReturned: returned,
    reporting.DeficiencyMadeGood: made_good,
    reporting.QueryRaised: queried,
    reporting.QueryAnswered: query_answered,
    reporting.UpdateCommissioned: commissioned,
    reporting.UpdateReceived: update_received,
    reporting.ContentFoundLacking: found_lacking,
}
