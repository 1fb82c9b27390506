"""What the chase of one occurrence does next, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.case import Case
from domain.chasing.timing import (
    ABOVE_THE_OVERDUE_NOTICE,
    falls_at,
    permitted,
    raised_below,
    raised_up_the_ladder,
)
from domain.occurrence.state import AGREEMENT, OWED, Occurrence, RungStanding

# A step this late was not taken in its turn: the engine was interrupted, and what has piled up goes out as one.
INTERRUPTED = timedelta(hours=1)
Waiting = Literal[
    "for a time", "for a message to be sent", "for somebody to act", "for the clock to be restarted", "closed"
]


@dataclass(frozen=True, slots=True)
class Step:
    """Raise one rung; the others had fallen due as well and are not sent one by one."""

    raised: RungStanding
    collapsed: tuple[RungStanding, ...]
    planned_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """`next_at` is None when no clock is waited for; `step` is what would be taken then."""

    waiting: Waiting
    next_at: datetime | None = None
    step: Step | None = None

    @property
    def closed(self) -> bool:
        return self.waiting == "closed"


def look(case: Case, now: datetime) -> Outlook:
    """The chase as seen at `now`."""
    occurrence = case.occurrence
    if is_closed(occurrence):
        return Outlook("closed")
    if occurrence.stopped is not None and not occurrence.is_over:
        return Outlook("for the clock to be restarted")
    if occurrence.plan.is_complete:
        return Outlook("for somebody to act")
    steps = [step for lane in _lanes(occurrence) if (step := _next_in(case, lane, now))]
    if steps:
        first = _as_one(occurrence, steps, now)
        return Outlook("for a time", first.at, first)
    return Outlook("for somebody to act" if _notices_are_out(occurrence) else "for a message to be sent")


def is_closed(occurrence: Occurrence) -> bool:
    """Nothing is left to chase: it is met or owed no more, and nobody is awaited to acknowledge a referral."""
    return occurrence.is_over and not _awaiting_referral(occurrence)


def _awaiting_referral(occurrence: Occurrence) -> bool:
    return any(
        each.rung.do == "refer" and each.task_is_open and each.acknowledged is None
        for each in occurrence.rungs
    )


def _lanes(occurrence: Occurrence) -> list[list[RungStanding]]:
    """The rungs still waiting: the ladder itself, and beside it one lane for each task that it has opened."""
    lanes: dict[str, list[RungStanding]] = {}
    for each in occurrence.rungs:
        if each.status == "waiting" and still_called_for(occurrence, each):
            lanes.setdefault(each.rung.chases or OWED, []).append(each)
    return list(lanes.values())


def _as_one(occurrence: Occurrence, steps: list[Step], now: datetime) -> Step:
    """The next step. After an interruption the lanes that have fallen due are one step, led by the ladder itself."""
    due = [step for step in steps if step.planned_at <= now]
    if len(due) < 2 or all(step.planned_at > now - INTERRUPTED for step in due):
        return min(steps, key=lambda step: step.at)
    order = [each.rung.id for each in occurrence.rungs]
    lead = next((step for step in due if step.raised.rung.chases in (None, OWED)), due[-1])
    rest = (each for step in due if step is not lead for each in (*step.collapsed, step.raised))
    collapsed = sorted((*lead.collapsed, *rest), key=lambda each: order.index(each.rung.id))
    return Step(lead.raised, tuple(collapsed), lead.planned_at, max(step.at for step in due))


def still_called_for(occurrence: Occurrence, standing: RungStanding) -> bool:
    """Whether a waiting rung would still be raised when its time comes, as things stand."""
    task = standing.rung.chases
    if task is None:
        return not occurrence.is_over and not _above_a_notice_never_given(occurrence, standing)
    if task == OWED:
        return not occurrence.is_over and occurrence.acknowledged is None
    if task == AGREEMENT:
        return not occurrence.is_over and occurrence.review.party is None
    opened_by = occurrence.standing_of(task)
    if opened_by is None or not opened_by.task_is_open or opened_by.acknowledged is not None:
        return False
    return opened_by.rung.do == "refer" or not occurrence.is_over


def _above_a_notice_never_given(occurrence: Occurrence, standing: RungStanding) -> bool:
    """That it is overdue has been taken back, or was not said because chasing began later: then nobody above hears of it."""
    given = ("waiting", "raised")
    never = any(each.rung.do == "overdue" and each.status not in given for each in occurrence.rungs)
    return never and _is_above(standing)


def _next_in(case: Case, lane: list[RungStanding], now: datetime) -> Step | None:
    falling = [
        (at, each) for each in lane if (at := falls_at(case.notice, case.occurrence, each)) is not None
    ]
    if not falling:
        return None
    due = [(at, each) for at, each in falling if at <= now]
    if not due:
        at, rung = min(falling, key=lambda pair: pair[0])
        return Step(rung, (), at, at) if _may_follow(case.occurrence, rung) else None
    chosen_at, chosen = _choose(case.occurrence, due, now)
    if not _may_follow(case.occurrence, chosen):
        return None
    order = [each.rung.id for each in case.occurrence.rungs]
    earlier = [each for _, each in due if order.index(each.rung.id) < order.index(chosen.rung.id)]
    return Step(chosen, tuple(earlier), chosen_at, permitted(case.notice, case.occurrence, now))


def _choose(
    occurrence: Occurrence, due: list[tuple[datetime, RungStanding]], now: datetime
) -> tuple[datetime, RungStanding]:
    """The last of the rungs that have fallen due, but nobody is escalated or referred unheard.

    The overdue notice comes before anything above it; and a referral never overtakes the rung below it, because a
    matter does not go to those who decide before the people in between have been told. Two rungs above the overdue
    notice that fall on one morning are raised one after the other, unless the engine was interrupted.
    """
    for at, each in due:
        if each.rung.do == "overdue":
            return at, each
    if not raised_up_the_ladder(occurrence):
        return next(((at, each) for at, each in reversed(due) if not _is_above(each)), due[0])
    if _is_above(due[0][1]) and all(at > now - INTERRUPTED for at, _ in due):
        return due[0]
    before_referral = [pair for pair in due if pair[1].rung.do != "refer"]
    return (before_referral or due)[-1]


def _is_above(standing: RungStanding) -> bool:
    return standing.rung.do in ABOVE_THE_OVERDUE_NOTICE


def _may_follow(occurrence: Occurrence, standing: RungStanding) -> bool:
    """A rung above the overdue notice waits until the notices below it have been sent."""
    if not _is_above(standing):
        return True
    return all(each.told_everybody for each in raised_below(occurrence, standing.rung.id))


def _notices_are_out(occurrence: Occurrence) -> bool:
    return all(each.told_everybody for each in raised_up_the_ladder(occurrence))
