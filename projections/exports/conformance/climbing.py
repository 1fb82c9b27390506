"""The ladder as it was planned, against the steps that were taken: rungs left out, and rungs taken before the one below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.events.owing import PlannedRung
from domain.terms.ladders import Ladder, Rung
from domain.time.zones import at_local, local_date
from projections.exports.conformance.arrival import over
from projections.exports.conformance.finding import Finding
from projections.exports.conformance.trace import Read, Step, Trace
from projections.words import moment, occurrence_title

RAISED = (
    "reminder-issued.v1", "acknowledgement-requested.v1", "overdue-notice-issued.v1", "escalation-raised.v1",
    "assessment-requested.v1", "referred-for-consideration.v1",
)  # fmt: skip
_ABOVE = ("escalate", "refer")
_UP = ("overdue", *_ABOVE)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The time during which one plan held: from the event that set it until the next one."""

    plan: tuple[PlannedRung, ...]
    start: datetime
    end: datetime


def ladder_climbed(read: Read, trace: Trace) -> Iterator[Finding]:
    if trace.opened is None:
        return
    end = min(over(trace) or read.until, read.until)
    for stretch in _stretches(trace, end):
        for planned in stretch.plan:
            falls = _falls(read, trace, stretch, planned)
            if falls is not None and falls < stretch.end and _is_missing(trace, stretch, planned, falls):
                what = occurrence_title(read.notice, trace.opened)
                sentence = f"{what}: {planned.rung.in_words} (“{planned.rung.id}”) was due on {moment(falls, read.notice.terms.zone)} and was not taken."
                yield Finding("skipped", "step", trace.id.obligation, str(trace.id), None, sentence)
    yield from _unheard(read, trace)


def _stretches(trace: Trace, end: datetime) -> Iterator[_Stretch]:
    """What falls exactly when something else is set or arrives need not be taken: people act first at any one instant."""
    set_by = list(trace.of("occurrence-opened.v1", "occurrence-redated.v1"))
    for step, following in zip(set_by, [*set_by[1:], None], strict=True):
        until = min(following.recorded, end) if following else end
        if step.recorded < until:
            yield _Stretch(step.event.plan, step.recorded, until)


def _falls(read: Read, trace: Trace, stretch: _Stretch, planned: PlannedRung) -> datetime | None:
    """When a step is to be taken; None for one that is not for this stretch."""
    rung = planned.rung
    if planned.at is None or planned.at < stretch.start:
        return None
    if rung.chases is not None and _is_taken_on(trace, rung.chases, planned.at):
        return None
    if rung.do not in _ABOVE:
        return planned.at
    ladder = _ladder(read, trace)
    kept = (_kept(read, ladder, below, stretch, planned.at) for below in _raised_below(trace, stretch, rung))
    return max((planned.at, *kept))


def _kept(read: Read, ladder: Ladder | None, below: Step, stretch: _Stretch, at: datetime) -> datetime:
    """A step keeps its distance in working days from each one below it that was taken late."""
    planned = next((each.at for each in stretch.plan if each.rung.id == below.event.rung), None)
    if planned is None or ladder is None:
        return at
    zone, calendar = read.notice.terms.zone, read.notice.working_days
    distance = calendar.working_days_between(local_date(planned, zone), local_date(at, zone))
    day = calendar.add_working_days(local_date(below.event.raised_at, zone), distance)
    return at_local(day, ladder.at, zone)


def _is_missing(trace: Trace, stretch: _Stretch, planned: PlannedRung, falls: datetime) -> bool:
    rung = planned.rung.id
    if any(stretch.start <= each.recorded for each in trace.of(*RAISED) if each.event.rung == rung):
        return False
    if rung in _passed_over(trace) or _open_task(trace, rung, stretch.start) or _stands(trace, falls):
        return False
    if planned.rung.do in _ABOVE:
        return not _overdue_unsaid(trace, stretch) and _all_told(trace, stretch, planned.rung, falls)
    return True


def _passed_over(trace: Trace) -> set[str]:
    """Steps that are accounted for: not taken one by one after an interruption, or from before chasing began."""
    return {
        rung for step in trace.of("rungs-collapsed.v1", "rungs-not-chased.v1") for rung in step.event.rungs
    }


def _open_task(trace: Trace, rung: str, at: datetime) -> bool:
    """Taken under an earlier plan, and still in somebody's hands."""
    taken = any(each.recorded < at and each.event.rung == rung for each in trace.of(*RAISED))
    ended = any(
        each.recorded <= at and each.event.rung == rung
        for each in trace.of("escalation-resolved.v1", "rung-withdrawn.v1")
    )
    return taken and not ended


def _stands(trace: Trace, at: datetime) -> bool:
    """The clock was stopped then: nothing is chased."""
    before = [each for each in trace.of("clock-stopped.v1", "clock-restarted.v1") if each.recorded <= at]
    return bool(before) and before[-1].topic == "clock-stopped.v1"


def _is_taken_on(trace: Trace, task: str, at: datetime) -> bool:
    """Whoever has acknowledged a task is not reminded of it; nor is anybody, once the party of a review is agreed."""
    if task == "agreement":
        return any(each.recorded <= at for each in trace.of("party-agreed.v1"))
    return any(each.recorded <= at and each.event.task == task for each in trace.of("task-acknowledged.v1"))


def _overdue_unsaid(trace: Trace, stretch: _Stretch) -> bool:
    """That it is overdue was taken back, or not said: then nobody above hears of it."""
    overdue = {each.rung.id for each in stretch.plan if each.rung.do == "overdue"}
    if not overdue:
        return False
    withdrawn = {step.event.rung for step in trace.of("rung-withdrawn.v1")}
    return bool(overdue & (withdrawn | _passed_over(trace)))


def _raised_below(trace: Trace, stretch: _Stretch, rung: Rung) -> Iterator[Step]:
    order = [each.rung.id for each in stretch.plan]
    below = {
        each.rung.id
        for each in stretch.plan[: order.index(rung.id)]
        if each.rung.do in _UP and each.rung.chases is None
    }
    for each in trace.of(*RAISED):
        if each.event.rung in below and getattr(each.event, "chosen_by", None) is None:
            yield each


def _all_told(trace: Trace, stretch: _Stretch, rung: Rung, at: datetime) -> bool:
    """A step waits until the notices below it have been handed over."""
    told = {
        each.event.message
        for each in trace.of("message-sent.v1", "message-undeliverable.v1")
        if each.recorded <= at
    }
    return all(
        message.id in told
        for below in _raised_below(trace, stretch, rung)
        for message in below.event.messages
    )


def _unheard(read: Read, trace: Trace) -> Iterator[Finding]:
    """Escalated or referred before those who owe it, and everybody in between, had been told."""
    plan: tuple[PlannedRung, ...] = ()
    told: set[str] = set()
    raised: dict[str, Step] = {}
    for step in trace.steps:
        if step.topic in ("occurrence-opened.v1", "occurrence-redated.v1"):
            plan = step.event.plan
        elif step.topic in ("message-sent.v1", "message-undeliverable.v1"):
            told.add(step.event.message)
        elif step.topic in RAISED:
            words = _too_early(plan, step, raised, told, _passed_over(trace))
            if words:
                assert trace.opened is not None
                what = occurrence_title(read.notice, trace.opened)
                sentence = f"{what}: “{step.event.rung}” was taken {words} (event {step.index})."
                yield Finding(
                    "out of order", "step", trace.id.obligation, str(trace.id), step.index, sentence
                )
            raised[step.event.rung] = step


def _too_early(
    plan: tuple[PlannedRung, ...], step: Step, raised: dict[str, Step], told: set[str], passed_over: set[str]
) -> str | None:
    order = [each.rung.id for each in plan]
    if step.event.rung not in order or getattr(step.event, "chosen_by", None) is not None:
        return None
    rung = plan[order.index(step.event.rung)].rung
    if rung.do not in _ABOVE or rung.chases is not None:
        return None
    for below in plan[: order.index(rung.id)]:
        if below.rung.do not in _UP or below.rung.chases is not None:
            continue
        before = raised.get(below.rung.id)
        if before is None and below.rung.id not in passed_over:
            return f"before “{below.rung.id}”"
        if before is not None and any(message.id not in told for message in before.event.messages):
            return f"before those whom “{below.rung.id}” tells had been told"
    return None


def _ladder(read: Read, trace: Trace) -> Ladder | None:
    opened = trace.opened
    assert opened is not None
    obligation = read.notice.find_obligation(opened.obligation)
    name = opened.ladder or (obligation.ladder if obligation else None)
    return next((each for each in read.notice.ladders if each.id == name), None)
