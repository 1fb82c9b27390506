"""When what was owed arrived, if it did; and when it ceased to be owed."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.time.zones import local_date
from projections.exports.conformance.trace import Step, Trace

PLAN = "plan"
_ARRIVES = {
    "report-submitted.v1": "received_at",
    "review-held.v1": "held_on",
    "delivery-assessed.v1": "assessed_at",
    "attestation-given.v1": "attested_at",
    "request-answered.v1": "answered_at",
    "vacancy-filled.v1": "filled_at",
    "concern-closed.v1": "closed_at",
    "concern-referred.v1": "referred_at",
    "decision-made.v1": "decided_on",
}
_EXCUSED = ("occurrence-waived.v1", "occurrence-withdrawn.v1")
_WITHOUT = "went-ahead-without.v1"


@dataclass(frozen=True, slots=True)
class Arrival:
    """`on`: the day that counts. `recorded`: from when on the record knew."""

    on: date
    recorded: datetime
    index: int


def arrival(trace: Trace) -> Arrival | None:
    step = _arriving(trace)
    if step is None:
        return None
    when = getattr(step.event, _ARRIVES.get(step.topic, "confirmed_at"))
    day = local_date(when, trace.terms.terms.zone) if isinstance(when, datetime) else when
    return Arrival(day, step.recorded, step.index)


def _arriving(trace: Trace) -> Step | None:
    opened = trace.opened
    if opened is not None and opened.kind == "during-event":
        return _last_item(trace)
    return trace.first(*_ARRIVES)


def _last_item(trace: Trace) -> Step | None:
    """A bundle has arrived with the last of its items."""
    missing = {each.id for each in trace.opened.sections} if trace.opened else set()
    for step in trace.of("item-confirmed.v1"):
        missing.discard(step.event.item)
        if not missing:
            return step
    return None


def excused(trace: Trace) -> Step | None:
    """It was waived, or is owed no more."""
    return trace.first(*_EXCUSED)


def went_without(trace: Trace) -> Step | None:
    return trace.first(_WITHOUT)


def over(trace: Trace) -> datetime | None:
    """When nothing was owed on it any more, as far as the record knew."""
    came = arrival(trace)
    ends = [each.recorded for each in (came, excused(trace), went_without(trace)) if each is not None]
    done = plan_completed(trace)
    return min([*ends, done] if done else ends, default=None)


def due_on(trace: Trace) -> date:
    """The day as it was set last."""
    last = trace.last("occurrence-opened.v1", "occurrence-redated.v1")
    assert last is not None, "asked only of what has opened"
    day: date = last.event.due_on
    return day


def stands_still(trace: Trace) -> bool:
    """Its clock was stopped by its due day, and has not been restarted."""
    last = trace.last("clock-stopped.v1", "clock-restarted.v1")
    return last is not None and last.topic == "clock-stopped.v1" and last.event.from_day <= due_on(trace)


def plan_completed(trace: Trace) -> datetime | None:
    """When every objective of the plan in hand was rated complete; None while that is not so."""
    objectives: set[str] = set()
    rated: dict[str, str] = {}
    for step in trace.of("plan-adopted.v1", "progress-updated.v1"):
        if step.topic == "plan-adopted.v1":
            objectives = {each.id for each in step.event.objectives}
        else:
            rated[step.event.objective] = step.event.rating
        if objectives and all(rated.get(each) == "complete" for each in objectives):
            return step.recorded
    return None
