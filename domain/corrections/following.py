"""What follows from a correction: found by comparing the state before it with the state after it.

Nothing is raised here. If something is late after a correction that was thought to be in time, the chase sees that for
itself; only what was raised wrongly has to be taken back.
"""

from datetime import datetime

from domain.case import Case, Draft
from domain.corrections.lateness import taken_back
from domain.corrections.noting import noted_on_decisions
from domain.corrections.reviews import next_review_moved
from domain.corrections.subject import Correcting, state_of, with_corrections
from domain.events.correcting import EventCorrected
from domain.excusing.redating import redate
from domain.notice.reckoning import reckon_anew
from domain.notice.schedule import Known, expected
from domain.notice.state import Notice
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence


def consequences(
    case: Case, command: Correcting, events: tuple[EventCorrected, ...], now: datetime
) -> tuple[Draft, ...]:
    """Everything else that is recorded with the correction."""
    before = state_of(case, command)
    after = with_corrections(before, events)
    noted = noted_on_decisions(case, command, events[0], now)
    if isinstance(before, Notice):
        return (*_schedule_moved(before, after, case.others, events[0], now), *noted)
    moved = _due_day_moved(case.notice, before, after, events[0], now)
    dated = fold((draft.event for draft in moved), after)
    return (
        *taken_back(before, after, dated, now),
        *moved,
        *next_review_moved(case, before, after, events[0], now),
        *noted,
    )


def _schedule_moved(
    before: Notice, after: Notice, others: Known, event: EventCorrected, now: datetime
) -> tuple[Draft, ...]:
    days = [{each.id: each.due for each in expected(notice, others)} for notice in (before, after)]
    if days[0] == days[1]:
        return ()
    return reckon_anew(before, after, others, "correction", event.reason, now)


def _due_day_moved(
    notice: Notice, before: Occurrence, after: Occurrence, event: EventCorrected, now: datetime
) -> tuple[Draft, ...]:
    """The day that was set at first is corrected. If another has been set since, that one stands."""
    assert before.opened is not None
    assert after.opened is not None
    if after.opened.due_on == before.opened.due_on or before.facts.due_on != before.opened.due_on:
        return ()
    return redate(notice, before, after.opened.due_on, "correction", event.reason, now)
