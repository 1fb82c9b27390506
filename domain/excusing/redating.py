"""Dating an occurrence anew: its due day, and with it every step of its ladder that is still to come."""

from dataclasses import replace
from datetime import date, datetime

from domain.case import Draft
from domain.chasing.counting import days_of
from domain.chasing.timing import ladder_of, plan_of
from domain.events.excusing import Cause, OccurrenceRedated
from domain.events.owing import PlannedRung
from domain.notice.state import Notice
from domain.occurrence.evolving.excusing import taken_back_by_the_stop
from domain.occurrence.state import Occurrence
from domain.time.zones import day_end, local_date

Plan = tuple[PlannedRung, ...]


def redate(
    notice: Notice, occurrence: Occurrence, due_on: date, cause: Cause, reason: str, now: datetime
) -> tuple[Draft, ...]:
    """Nothing, if neither the due day nor any step moves by it.

    Days on which the clock of the occurrence stood do not count for its steps, whatever it is dated anew for.
    """
    facts = occurrence.facts
    days = days_of(notice, occurrence)
    plan = plan_of(notice, ladder_of(notice, occurrence), facts.opens, due_on, days)
    if cause == "suspension":
        plan = _as_before_the_stop(notice, occurrence, plan)
    if due_on == facts.due_on and not _moves(occurrence, plan, cause):
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


def _moves(occurrence: Occurrence, plan: Plan, cause: Cause) -> bool:
    """A step falls on another day, or one that still waits is another than it was."""
    waiting = {each.rung.id for each in occurrence.rungs if each.status == "waiting"}
    planned = {each.rung.id for each in plan}
    before = [
        (each.rung if each.rung.id in waiting else each.rung.id, each.planned_at)
        for each in occurrence.rungs
        if each.rung.id in waiting | planned
    ]
    after = [(each.rung if each.rung.id in waiting else each.rung.id, each.at) for each in plan]
    if cause == "suspension" and any(taken_back_by_the_stop(occurrence, each) for each in occurrence.rungs):
        return True
    return before != after


def _as_before_the_stop(notice: Notice, occurrence: Occurrence, plan: Plan) -> Plan:
    """What had been taken before the clock was stopped is not taken again, even where a day counts back to later."""
    stopped_on = occurrence.suspensions[-1].stopped.from_day
    taken = {
        each.rung.id: each.planned_at
        for each in occurrence.rungs
        if each.status == "raised"
        and each.raised_at is not None
        and local_date(each.raised_at, notice.terms.zone) < stopped_on
    }
    return tuple(replace(each, at=taken.get(each.rung.id, each.at)) for each in plan)
