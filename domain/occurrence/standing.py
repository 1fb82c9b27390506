"""Where an occurrence stands at a moment: computed from its events and the time, never stored."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.occurrence.state import Occurrence

DUE_SOON = timedelta(days=7)


class Standing(StrEnum):
    """Words that people use for it."""

    NOT_OPEN = "not open"
    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


def standing(occurrence: Occurrence, now: datetime) -> Standing:
    """A review that was held and a deadline that was assessed count as accepted: nobody else has to say so."""
    if not occurrence.exists or now < occurrence.facts.opens:
        return Standing.NOT_OPEN
    if occurrence.held or occurrence.assessed or any(each.accepted for each in occurrence.submissions):
        return Standing.ACCEPTED
    if occurrence.is_met:
        return Standing.SUBMITTED
    if now > occurrence.facts.due:
        return Standing.OVERDUE
    if occurrence.facts.due - now <= DUE_SOON:
        return Standing.DUE_SOON
    return Standing.OPEN


def was_late(occurrence: Occurrence) -> bool:
    """What was owed arrived, but after it was due."""
    if occurrence.held is not None:
        return occurrence.held.held_on > occurrence.facts.due_on
    return occurrence.met_at is not None and occurrence.met_at > occurrence.facts.due
