"""What was taken for late, and is seen to have been in time."""

from datetime import datetime

from domain.case import Draft
from domain.chasing.undoing import withdraw_from_overdue_up
from domain.occurrence.standing import was_late
from domain.occurrence.state import Occurrence


def is_late(occurrence: Occurrence, now: datetime) -> bool:
    """It is overdue, or came late."""
    if occurrence.is_met:
        return was_late(occurrence)
    return not occurrence.is_over and now > occurrence.facts.due


def taken_back(before: Occurrence, after: Occurrence, dated: Occurrence, now: datetime) -> tuple[Draft, ...]:
    """What its lateness had caused, if it was late `before` and is not once it is corrected and `dated` anew.

    `after` is corrected and not yet dated anew: dating it anew would set the steps to waiting of which people were told.
    """
    if not is_late(before, now) or is_late(dated, now):
        return ()
    return withdraw_from_overdue_up(after, "it was in time, as a correction of the record shows.", now)
