"""What lies before one person, in its order, before any of it is told: an inbox can hold thousands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import Case
from domain.notice.state import Notice
from domain.occurrence.standing import DUE_SOON, Standing, standing
from domain.occurrence.state import Occurrence
from domain.time.zones import day_start, local_date
from projections.case_tasks import CONFIRMATION, CaseTask, is_for, tasks_in
from projections.casebook import Casebook
from projections.urgency import MOST_URGENT_FIRST, Urgency, urgency_of
from projections.words import role_title

Place = tuple[int, datetime, tuple[str, str, str], datetime]
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One open task. `roles` are titles; `place` sorts the most urgent and the soonest first."""

    case: Case
    task: CaseTask
    urgency: Urgency
    roles: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class UnderNotice:
    """What lies before one person under one notice, in its order.

    `others_overdue`: how many things are overdue under it that are not theirs. It holds from `since` until before `until`,
    if nothing happens.
    """

    notice: Notice
    tasks: tuple[OpenTask, ...]
    others_overdue: int
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until


def inbox(book: Casebook, person: str, now: datetime) -> tuple[UnderNotice, ...]:
    """Under every notice, in the order of issue."""
    return tuple(under_notice(book, each, person, now) for each in book.notices())


def in_their_order(found: Iterable[UnderNotice]) -> tuple[OpenTask, ...]:
    """The tasks of all, the most urgent and the soonest first."""
    return tuple(sorted((task for each in found for task in each.tasks), key=_place))


def under_notice(book: Casebook, notice: Notice, person: str, now: datetime) -> UnderNotice:
    """Kept until something happens, or until time alone changes it."""
    return book.kept(
        notice.terms.id,
        ("inbox", person),
        None,
        lambda: _under_notice(book, notice, person, now),
        lambda kept: kept.holds(now),
    )


def urgency_of_task(case: Case, task: CaseTask, now: datetime) -> Urgency:
    """Somebody waits for a judgement, however far off the day is on which the thing itself is due."""
    urgency = urgency_of(case, now)
    is_awaited = not task.is_acknowledged_first and task.id != CONFIRMATION
    return "for decision" if urgency == "not due yet" and is_awaited else urgency


def place_of(case: Case, task: CaseTask, urgency: Urgency) -> Place:
    name = case.occurrence.id
    return (
        MOST_URGENT_FIRST.index(urgency),
        case.occurrence.facts.due,
        (name.notice, name.obligation, name.period),
        task.opened,
    )


def _under_notice(book: Casebook, notice: Notice, person: str, now: datetime) -> UnderNotice:
    today = local_date(now, notice.terms.zone)
    held = notice.roles_of(person, today)
    cases = [Case(notice, each) for each in book.occurrences(notice.terms.id)]
    tasks = [
        _open_task(case, task, now)
        for case in cases
        for task in tasks_in(case)
        if task.is_open and is_for(task, person, held)
    ]
    mine = {each.case.occurrence.id for each in tasks}
    others = [
        each
        for each in cases
        if each.occurrence.id not in mine and standing(each.occurrence, now) is Standing.OVERDUE
    ]
    tomorrow = day_start(today + timedelta(days=1), notice.terms.zone)
    changes = (at for case in cases for at in _changes(case.occurrence) if at > now)
    return UnderNotice(notice, tuple(sorted(tasks, key=_place)), len(others), now, min((tomorrow, *changes)))


def _open_task(case: Case, task: CaseTask, now: datetime) -> OpenTask:
    urgency = urgency_of_task(case, task, now)
    roles = tuple(role_title(case.notice, role) for role in task.roles)
    return OpenTask(case, task, urgency, roles, place_of(case, task, urgency))


def _changes(occurrence: Occurrence) -> tuple[datetime, ...]:
    """When time alone makes it stand elsewhere: it is overdue after the instant at which it is due, not at it."""
    facts = occurrence.facts
    return facts.opens, facts.due - DUE_SOON, facts.due + _INSTANT


def _place(task: OpenTask) -> Place:
    return task.place
