"""One step of the history: an event as it was told when it was recorded, and what it changed."""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.identity import OccurrenceId
from projections.chronology import HistoryRow, history_row
from projections.differences import Difference, View, differences
from projections.next_step import next_step
from projections.standing_then import StandingThen, standing_then
from projections.urgency import standing_in_words
from projections.words import long_date, occurrence_title


@dataclass(frozen=True, slots=True)
class Change:
    """Something of one occurrence that is otherwise after the step; `before` is None for what was not there."""

    occurrence: OccurrenceId
    title: str
    what: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """`then`: what was open, overdue and escalated after it, `overdue` with titles. `by_time`: what the time since the step before brought."""

    row: HistoryRow
    changes: tuple[Change, ...]
    by_time: tuple[Difference, ...]
    before: StandingThen
    then: StandingThen
    overdue: tuple[tuple[OccurrenceId, str], ...]


def one_step(before: View, after: View, notice: str, index: int) -> Step:
    """`before` and `after`: the record without and with the act to which the event belongs. Raises NotFound."""
    row, then = history_row(after.book, after.book.event(index)), _standing(after, notice)
    return Step(
        row=row,
        changes=_changes(before, after, row.occurrence) if row.occurrence else (),
        by_time=tuple(each for each in differences(before, after, notice) if each.event is None),
        before=_standing(before, notice),
        then=then,
        overdue=tuple((each, _title(after.book.case(each))) for each in then.overdue),
    )


def _standing(view: View, notice: str) -> StandingThen:
    known = {each.terms.id for each in view.book.notices()}
    return standing_then(view.book, notice, view.now) if notice in known else StandingThen((), (), ())


def _title(case: Case) -> str:
    return occurrence_title(case.notice, case.occurrence.facts)


def _changes(before: View, after: View, name: OccurrenceId) -> tuple[Change, ...]:
    case = after.book.case(name)
    title = _title(case)
    was, now = _facts(_case_in(before, name), after.now), _facts(case, after.now)
    return tuple(
        Change(name, title, what, was.get(what), words)
        for what, words in now.items()
        if was.get(what) != words
    )


def _case_in(view: View, name: OccurrenceId) -> Case | None:
    known = {each.terms.id for each in view.book.notices()}
    if name.notice not in known:
        return None
    return next((case for case in view.book.cases(name.notice) if case.occurrence.id == name), None)


def _facts(case: Case | None, now: datetime) -> dict[str, str]:
    """Both sides are judged at the same moment, so that what only time brought about is not the event's."""
    if case is None:
        return {}
    occurrence, names = case.occurrence, case.notice
    seen = occurrence.acknowledged
    return {
        "Standing": standing_in_words(case, now),
        "Due by the end of": long_date(occurrence.facts.due_on),
        "Acknowledged by": names.person_name(seen.by) if seen else "nobody",
        "Versions received": str(len(occurrence.submissions)),
        "Steps of the ladder taken": str(sum(each.raised_at is not None for each in occurrence.rungs)),
        "Messages that wait to be sent": str(_waiting(case)),
        "What happens next": next_step(case, now).sentence,
    }


def _waiting(case: Case) -> int:
    return sum(message.id not in each.settled for each in case.occurrence.rungs for message in each.messages)
