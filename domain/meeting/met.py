"""What was owed has arrived."""

from datetime import datetime

from domain.case import Case, Draft
from domain.chasing.undoing import resolve_escalations, withdraw_from_overdue_up

RECORDED_LATE = "it was there in time and was only recorded late."


def met(
    case: Case, event: object, because: str, now: datetime, *, arrived: datetime | None = None
) -> tuple[Draft, ...]:
    """The event by which it is met, and the end of every escalation that its absence had caused.

    If it arrived in time and was only recorded late, it never was overdue: the steps are withdrawn, a referral too.
    """
    occurrence = case.occurrence
    first = Draft(occurrence.id.stream, event)
    if occurrence.is_met:
        return (first,)
    if (arrived or now) <= occurrence.facts.due < now:
        return (first, *withdraw_from_overdue_up(occurrence, RECORDED_LATE, now))
    return (first, *resolve_escalations(occurrence, because, now))
