"""Where an occurrence stands at a moment: computed from its events and the time, never stored."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.occurrence.state import Occurrence

DUE_SOON = timedelta(days=7)


class Standing(StrEnum):
    """Words that people use for it.

    `held without`: the event before which it had to be there went ahead without it. `suspended`: the clock stands.
    """

    NOT_OPEN = "not open"
    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    SUBMITTED = "submitted"
    DEFICIENT = "deficient"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"
    HELD_WITHOUT = "held without"


def standing(occurrence: Occurrence, now: datetime) -> Standing:
    """What comes first in the list of questions prevails: what is owed no more is never overdue."""
    if not occurrence.exists or now < occurrence.facts.opens:
        return Standing.NOT_OPEN
    if occurrence.withdrawn is not None:
        return Standing.WITHDRAWN
    if occurrence.waived is not None:
        return Standing.WAIVED
    if occurrence.went_without is not None:
        return Standing.HELD_WITHOUT
    if occurrence.is_met:
        return _once_met(occurrence)
    if _is_suspended(occurrence):
        return Standing.SUSPENDED
    return _while_owed(occurrence, now)


def was_late(occurrence: Occurrence) -> bool:
    """What was owed arrived, but after it was due; a day that lies before its recording counts as that day.

    Nothing is late that came while its clock stood.
    """
    if _is_suspended(occurrence):
        return False
    if occurrence.held is not None:
        return occurrence.held.held_on > occurrence.facts.due_on
    decided = occurrence.consideration.decided if occurrence.consideration else None
    if decided is not None:
        return decided.decided_on > occurrence.facts.due_on
    return occurrence.met_at is not None and occurrence.met_at > occurrence.facts.due


def _once_met(occurrence: Occurrence) -> Standing:
    """Only what is submitted to somebody waits to be accepted; everything else is done when it is recorded."""
    if occurrence.assessed or not occurrence.submissions:
        return Standing.ACCEPTED
    if occurrence.made_good or any(each.accepted for each in occurrence.submissions):
        return Standing.ACCEPTED
    return Standing.DEFICIENT if occurrence.is_deficient else Standing.SUBMITTED


def _is_suspended(occurrence: Occurrence) -> bool:
    """A clock that is stopped after the due day makes nothing timely that was overdue."""
    return occurrence.stopped is not None and occurrence.stopped.from_day <= occurrence.facts.due_on


def _while_owed(occurrence: Occurrence, now: datetime) -> Standing:
    if occurrence.plan.is_complete:
        return Standing.OPEN
    if now > occurrence.facts.due:
        return Standing.OVERDUE
    if occurrence.facts.due - now <= DUE_SOON:
        return Standing.DUE_SOON
    return Standing.OPEN
