"""The whole ladder of an occurrence: what was done, what comes, to whom and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case import Case
from domain.chasing.outlook import still_called_for
from domain.chasing.timing import falls_at
from domain.occurrence.state import RungStanding
from domain.time.zones import local_date
from projections.rungs import distance_in_words, rung_as_act
from projections.words import capital, holders_in_words, joined, person_in_role, person_name

StepStatus = Literal["raised", "waiting", "collapsed", "not chased", "withdrawn", "not needed"]


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung.

    `when` is the instant at which it was taken, or at which it falls; None while it is not
    known.

    `to`: those who were told, or who hold the roles today. `distance`: the rule for its day, in words. `not
    needed`: it would not be taken if its time came now. Collapsed: it went into another after an
    interruption.
    """

    rung: str
    do: str
    chases: str | None
    name: str
    what: str
    status: StepStatus
    when: datetime | None
    distance: str
    to: tuple[str, ...]
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None


def ladder_steps(case: Case, now: datetime) -> tuple[LadderStep, ...]:
    """Every rung, in the order of the ladder."""
    return tuple(_step(case, each, now) for each in case.occurrence.rungs)


def next_climb(case: Case, now: datetime) -> LadderStep | None:
    """The next rung of the ladder itself, reminders to acknowledge left aside; None at its top."""
    waiting = (step for step in ladder_steps(case, now) if step.status == "waiting" and step.chases is None)
    return next(waiting, None)


def _step(case: Case, standing: RungStanding, now: datetime) -> LadderStep:
    rung, given = standing.rung, standing.acknowledged
    to = _to(case, standing, now)
    return LadderStep(
        rung=rung.id,
        do=rung.do,
        chases=rung.chases,
        name=capital(rung.in_words),
        what=capital(rung_as_act(rung, joined(to), done=standing.status == "raised")),
        status=_status(case, standing),
        when=_when(case, standing),
        distance=distance_in_words(case.notice, rung, tuple(each.rung for each in case.occurrence.rungs)),
        to=to,
        acknowledged_by=person_name(case.notice, given.by) if given else None,
        acknowledged_at=given.at if given else None,
        resolved_at=standing.resolved_at,
    )


def _status(case: Case, standing: RungStanding) -> StepStatus:
    if standing.status != "waiting":
        return standing.status
    task = case.occurrence.standing_of(standing.rung.chases or "")
    not_opened_yet = task is not None and task.status == "waiting" and not case.occurrence.is_over
    return "waiting" if not_opened_yet or still_called_for(case.occurrence, standing) else "not needed"


def _when(case: Case, standing: RungStanding) -> datetime | None:
    return standing.raised_at or falls_at(case.notice, case.occurrence, standing)


def _to(case: Case, standing: RungStanding, now: datetime) -> tuple[str, ...]:
    if standing.messages:
        return tuple(person_in_role(case.notice, each.person, each.role) for each in standing.messages)
    day = local_date(standing.raised_at or now, case.notice.terms.zone)
    return holders_in_words(case.notice, standing.rung.to, day)
