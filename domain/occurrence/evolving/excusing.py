"""More time was asked for, given or refused; the clock was stopped; the ladder was dated anew."""

from dataclasses import replace
from typing import Any

from domain.events import excusing
from domain.events.owing import PlannedRung
from domain.occurrence.state import Occurrence, RungStanding, Suspension


def redated(after: Occurrence, event: excusing.OccurrenceRedated) -> Occurrence:
    """Steps whose new day is still to come wait again; those that were taken are kept as they were."""
    assert after.current is not None
    kept: list[RungStanding] = []
    waiting_again: list[str] = []
    for planned in event.plan:
        before = after.standing_of(planned.rung.id)
        if before is None and planned.at is not None and planned.at <= event.redated_at:
            kept.append(RungStanding(planned.rung, planned.at, "not chased"))
        elif before is None or _waits_again(before, planned, event, waiting_again):
            waiting_again.append(planned.rung.id)
            kept.append(RungStanding(planned.rung, planned.at))
        elif before.status == "waiting":
            kept.append(replace(before, rung=planned.rung, planned_at=planned.at))
        else:
            kept.append(replace(before, rung=planned.rung))
    gone = tuple(
        each
        for each in after.rungs
        if each.raised_at is not None
        and not any(each is kept_one or _same(each, kept_one) for kept_one in kept)
    )
    return replace(
        after,
        current=replace(after.current, due=event.due, due_on=event.due_on),
        rungs=tuple(kept),
        earlier=(*after.earlier, *gone),
        redated=(*after.redated, event),
    )


def _waits_again(
    before: RungStanding,
    planned: PlannedRung,
    event: excusing.OccurrenceRedated,
    waiting_again: list[str],
) -> bool:
    """A referral that stands is before people who decide; no new day takes it back."""
    if before.status == "waiting" or (before.rung.do == "refer" and before.status == "raised"):
        return False
    if planned.at is None:
        return planned.rung.chases in waiting_again
    return planned.at > event.redated_at


def _same(before: RungStanding, kept: RungStanding) -> bool:
    return before.rung.id == kept.rung.id and before.raised_at == kept.raised_at


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
