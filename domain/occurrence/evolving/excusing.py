"""More time was asked for, given or refused; the clock was stopped; the ladder was dated anew."""

from typing import Any

from domain.events import excusing
from domain.events.owing import PlannedRung
from domain.occurrence.state import Occurrence, RungStanding, Suspension
from domain.replaced import replaced as replace


def redated(after: Occurrence, event: excusing.OccurrenceRedated) -> Occurrence:
    """Steps whose new day is still to come wait again; those that were taken are kept as they were.

    `earlier` takes in every step that was taken and now waits again, or has no place on the new ladder.
    """
    assert after.current is not None
    again = _waiting_again(after, event)
    rungs = tuple(_dated_anew(after, planned, event, again) for planned in event.plan)
    on_the_ladder = {each.rung.id for each in rungs}
    left = [each for each in after.rungs if each.raised_at and each.rung.id not in on_the_ladder]
    gone = [each for each in after.rungs if each.raised_at and each.rung.id in again]
    gone += [each for each in left if not each.task_is_open]
    return replace(
        after,
        current=replace(after.current, due=event.due, due_on=event.due_on),
        rungs=(*rungs, *(each for each in left if each.task_is_open)),
        earlier=(*after.earlier, *gone),
        redated=(*after.redated, event),
        claimed={task: person for task, person in after.claimed.items() if task not in again},
        refused={task: person for task, person in after.refused.items() if task not in again},
    )


def taken_back_by_the_stop(occurrence: Occurrence, standing: RungStanding) -> bool:
    """It was withdrawn because the clock stood when it was raised; with the clock it starts afresh."""
    last = occurrence.suspensions[-1] if occurrence.suspensions else None
    return last is not None and standing.withdrawn_at == last.stopped.stopped_at


def _dated_anew(
    after: Occurrence, planned: PlannedRung, event: excusing.OccurrenceRedated, again: frozenset[str]
) -> RungStanding:
    before = after.standing_of(planned.rung.id)
    if before is None:
        passed = planned.at is not None and planned.at <= event.redated_at
        return RungStanding(planned.rung, planned.at, "not chased" if passed else "waiting")
    if before.rung.id in again:
        return RungStanding(planned.rung, planned.at)
    # A task belongs to whoever was told of it, even where the ladder would now tell somebody else.
    rung = before.rung if before.task_is_open else planned.rung
    return replace(before, rung=rung, planned_at=planned.at)


def _waiting_again(after: Occurrence, event: excusing.OccurrenceRedated) -> frozenset[str]:
    """The steps that are over with and will come once more; the reminders of a task come with the step that opens it."""
    again: set[str] = set()
    restarted = event.cause == "suspension"
    for planned in event.plan:
        before = after.standing_of(planned.rung.id)
        if before is None or before.status == "waiting" or before.task_is_open:
            continue
        if planned.at is None:
            waits = bool(again & {planned.rung.chases, planned.rung.after})
        else:
            waits = planned.at > event.redated_at or (restarted and taken_back_by_the_stop(after, before))
        if waits:
            again.add(planned.rung.id)
    return frozenset(again)


def asked(after: Occurrence, event: excusing.ExtensionRequested) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, extensions=replace(after.extensions, asked=event), receipts=receipts)


def granted(after: Occurrence, event: excusing.ExtensionGranted) -> Occurrence:
    extensions = replace(after.extensions, asked=None, granted=(*after.extensions.granted, event))
    return replace(after, extensions=extensions, receipts=(*after.receipts, *event.messages))


def refused(after: Occurrence, event: excusing.ExtensionRefused) -> Occurrence:
    extensions = replace(after.extensions, asked=None, refused=(*after.extensions.refused, event))
    return replace(after, extensions=extensions, receipts=(*after.receipts, *event.messages))


def stopped(after: Occurrence, event: excusing.ClockStopped) -> Occurrence:
    return replace(after, suspensions=(*after.suspensions, Suspension(event)))


def restarted(after: Occurrence, event: excusing.ClockRestarted) -> Occurrence:
    *earlier, last = after.suspensions
    return replace(after, suspensions=(*earlier, replace(last, restarted=event)))


def waived(after: Occurrence, event: excusing.OccurrenceWaived) -> Occurrence:
    return replace(after, waived=event, receipts=(*after.receipts, *event.messages))


def withdrawn(after: Occurrence, event: excusing.OccurrenceWithdrawn) -> Occurrence:
    return replace(after, withdrawn=event)


EVOLVE: dict[type, Any] = {
    excusing.OccurrenceRedated: redated,
    excusing.ExtensionRequested: asked,
    excusing.ExtensionGranted: granted,
    excusing.ExtensionRefused: refused,
    excusing.ClockStopped: stopped,
    excusing.ClockRestarted: restarted,
    excusing.OccurrenceWaived: waived,
    excusing.OccurrenceWithdrawn: withdrawn,
}
