"""How the ladder of one occurrence would stand after an act that has not been made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.case import Case, Draft
from domain.occurrence.fold import fold
from projections.ladder_steps import LadderStep, ladder_steps


@dataclass(frozen=True, slots=True)
class StepMoved:
    """One step of the ladder with its instant as it is and as it would be; None where it would not be taken.

    `done`: it has been taken; `now` is then when.
    """

    what: str
    now: datetime | None
    then: datetime | None
    done: bool = False


def ladder_after(case: Case, drafts: Iterable[Draft], now: datetime) -> tuple[StepMoved, ...]:
    """What is still to come, as it is and if these events came of the act."""
    own = (each.event for each in drafts if each.stream == case.occurrence.id.stream)
    after = Case(case.notice, fold(own, case.occurrence))
    return tuple(_moved(ladder_steps(case, now), ladder_steps(after, now)))


def _moved(before: tuple[LadderStep, ...], after: tuple[LadderStep, ...]) -> Iterator[StepMoved]:
    """In the order of the ladder: what is still to come in one of the two, and with it when it was done before."""
    was, will = {each.rung: each for each in before}, {each.rung: each for each in after}
    for rung in dict.fromkeys((*will, *was)):
        done = rung in was and was[rung].status == "raised"
        now = _at(was.get(rung), "waiting", "raised")
        then = _at(will.get(rung), *(("waiting",) if done else ("waiting", "raised")))
        if then is not None or (now is not None and not done):
            still_to_come = (each for each in (will, was) if rung in each and each[rung].status == "waiting")
            yield StepMoved(next(still_to_come)[rung].what, now, then, done)


def _at(step: LadderStep | None, *stands: str) -> datetime | None:
    return step.when if step is not None and step.status in stands else None
