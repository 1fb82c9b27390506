"""Dating an occurrence anew: its due day, and with it every step of its ladder that is still to come."""

from datetime import date, datetime

from domain.case import Draft
from domain.chasing.timing import ladder_of, plan_of
from domain.events.excusing import Cause, OccurrenceRedated
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.zones import day_end


def redate(
    notice: Notice, occurrence: Occurrence, due_on: date, cause: Cause, reason: str, now: datetime
) -> tuple[Draft, ...]:
    """Nothing, if neither the due day nor any step moves by it."""
    facts = occurrence.facts
    plan = plan_of(notice, ladder_of(notice, occurrence), facts.opens, due_on)
    unmoved = tuple((each.rung.id, each.planned_at) for each in occurrence.rungs)
    if due_on == facts.due_on and unmoved == tuple((each.rung.id, each.at) for each in plan):
        return ()
    event = OccurrenceRedated(
        due=day_end(due_on, notice.terms.zone),
        due_on=due_on,
        plan=plan,
        cause=cause,
        reason=reason,
        redated_at=now,
    )
    return (Draft(occurrence.id.stream, event),)
