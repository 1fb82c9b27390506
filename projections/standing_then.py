"""What was open, overdue and escalated at one moment, in short."""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.occurrence.standing import Standing, standing
from domain.occurrence.state import Occurrence
from projections.casebook import Casebook


@dataclass(frozen=True, slots=True)
class StandingThen:
    """`open`: owed and not overdue. `escalated`: brought to the next in line or referred, and not over since."""

    open: tuple[OccurrenceId, ...]
    overdue: tuple[OccurrenceId, ...]
    escalated: tuple[OccurrenceId, ...]

    @property
    def sentence(self) -> str:
        """`8 open, 1 overdue, 1 escalated.`"""
        numbers = (len(self.open), len(self.overdue), len(self.escalated))
        return "{} open, {} overdue, {} escalated.".format(*numbers)


def standing_then(book: Casebook, notice: str, now: datetime) -> StandingThen:
    """Raises NotFound."""
    return standing_in(book.cases(notice), now)


def standing_in(cases: tuple[Case, ...], now: datetime) -> StandingThen:
    states = [(case.occurrence, standing(case.occurrence, now)) for case in cases]
    return StandingThen(
        open=tuple(each.id for each, stands in states if stands in _OPEN),
        overdue=tuple(each.id for each, stands in states if stands is Standing.OVERDUE),
        escalated=tuple(each.id for each, _ in states if is_escalated(each)),
    )


def is_escalated(occurrence: Occurrence) -> bool:
    return any(
        each.status == "raised" and each.resolved_at is None and each.rung.do in ("escalate", "refer")
        for each in occurrence.rungs
    )


_OPEN = (Standing.OPEN, Standing.DUE_SOON, Standing.SUSPENDED)
