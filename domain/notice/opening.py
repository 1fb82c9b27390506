"""Opening occurrences: the first event of each, with the whole plan of its chase."""

from datetime import datetime

from domain.case import Draft
from domain.chasing.timing import plan_of
from domain.events import chasing, owing
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.terms.obligations import RecurringReport


def open_occurrence(notice: Notice, expected: Expected, now: datetime) -> tuple[Draft, ...]:
    """The opening, and which rungs are not chased because they fell before chasing began."""
    opened = _opened(notice, expected, now)
    stream = expected.id.stream
    skipped = _before_chasing(notice, opened)
    if not skipped or notice.chase_from is None:
        return (Draft(stream, opened),)
    return (Draft(stream, opened), Draft(stream, chasing.RungsNotChased(skipped, notice.chase_from, now)))


def _opened(notice: Notice, expected: Expected, now: datetime) -> owing.OccurrenceOpened:
    obligation, period = expected.obligation, expected.period
    ladder = notice.ladder(obligation.ladder) if obligation.ladder else None
    return owing.OccurrenceOpened(
        notice=expected.id.notice,
        obligation=obligation.id,
        period=expected.id.period,
        title=expected.title,
        clause=obligation.clause,
        kind=obligation.kind,
        strength=obligation.strength,
        obligor=obligation.obligor,
        obligee=obligation.obligee,
        assignee=obligation.assignee,
        opens=expected.opens,
        due=expected.due,
        due_on=expected.due_on,
        period_first=period.first if period else None,
        period_last=period.last if period else None,
        sections=obligation.sections if isinstance(obligation, RecurringReport) else (),
        plan=plan_of(notice, ladder, expected.opens, expected.due_on),
        opened_at=now,
    )


def _before_chasing(notice: Notice, opened: owing.OccurrenceOpened) -> tuple[str, ...]:
    """Rungs that fell before chasing began; all of them, when the occurrence itself was due before that."""
    if notice.chase_from is None:
        return ()
    over = opened.due < notice.chase_from
    return tuple(
        planned.rung.id
        for planned in opened.plan
        if over or (planned.at is not None and planned.at < notice.chase_from)
    )
