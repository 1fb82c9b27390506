"""Whether a correction fits the rest of the record: tried out, before it is proposed and again before it is approved."""

from datetime import datetime

from domain.case import Case
from domain.corrections.days import fault_in_days
from domain.corrections.following import consequences
from domain.corrections.making import corrections_of
from domain.corrections.soundness import fault_in_notice
from domain.corrections.subject import Correcting, state_of, with_corrections
from domain.events.correcting import CorrectionProposed
from domain.notice.state import Notice
from domain.refusals import DateBeyondCalendar, Refusal
from domain.time.calendar import CalendarDoesNotReach


def fault_in_correction(
    case: Case, command: Correcting, proposed: CorrectionProposed, now: datetime
) -> Refusal | None:
    """What would be wrong with the record, were the correction made."""
    events = corrections_of(case, command, proposed, ("", ""), now)
    before = state_of(case, command)
    after = with_corrections(before, events)
    fault = fault_in_days(case, after, proposed, now)
    if fault is not None:
        return fault
    if isinstance(before, Notice):
        fault = fault_in_notice(before, after)
        if fault is not None:
            return fault
    try:
        consequences(case, command, events, now)
    except CalendarDoesNotReach as beyond:
        return DateBeyondCalendar(str(beyond))
    return None
