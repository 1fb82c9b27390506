"""One person's week: what is due, what waits to be acknowledged, and which partners have not answered yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.case import Case
from domain.identity import OccurrenceId
from domain.who import obligor_roles, today
from projections.case_tasks import held_role
from projections.casebook import Casebook
from projections.tasks import TaskRow, tasks_of
from projections.words import body, occurrence_title

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class UpdateOutstanding:
    """A partner was asked for something that a report will rest on, and has not answered. `late`: the day is over."""

    occurrence: OccurrenceId
    title: str
    partner: str
    asked: str
    asked_at: datetime
    zone: str
    wanted_by: date
    late: bool


@dataclass(frozen=True, slots=True)
class MyWeek:
    """`due`: theirs and open, due by the end of the week or before it. `later`: theirs and open, due after it."""

    last_day: date
    due: tuple[TaskRow, ...]
    to_acknowledge: tuple[TaskRow, ...]
    updates: tuple[UpdateOutstanding, ...]
    later: tuple[TaskRow, ...]


def my_week(book: Casebook, person: str, day: date, now: datetime) -> MyWeek:
    """The week of `day`, from Monday to Sunday."""
    last_day = day + timedelta(_SUNDAY - day.weekday())
    rows = tasks_of(book, person, now)
    return MyWeek(
        last_day=last_day,
        due=tuple(row for row in rows if row.due_on <= last_day),
        to_acknowledge=tuple(row for row in rows if "acknowledge" in row.actions),
        updates=tuple(sorted(_outstanding(book, person, now), key=lambda each: each.wanted_by)),
        later=tuple(row for row in rows if row.due_on > last_day),
    )


def _outstanding(book: Casebook, person: str, now: datetime) -> Iterator[UpdateOutstanding]:
    for notice in book.notices():
        for case in book.cases(notice.terms.id):
            if case.occurrence.updates and _is_still_written(case) and _is_theirs(case, person, now):
                yield from _asked_for(case, now)


def _is_still_written(case: Case) -> bool:
    return not case.occurrence.is_over and not any(each.accepted for each in case.occurrence.submissions)


def _is_theirs(case: Case, person: str, now: datetime) -> bool:
    return held_role(case, obligor_roles(case), person, now) is not None


def _asked_for(case: Case, now: datetime) -> Iterator[UpdateOutstanding]:
    for update in case.occurrence.updates:
        asked = update.commissioned
        if update.received is None:
            yield UpdateOutstanding(
                case.occurrence.id,
                occurrence_title(case.notice, case.occurrence.facts),
                body(case.notice, asked.partner),
                asked.asked,
                asked.commissioned_at,
                case.notice.terms.zone,
                asked.wanted_by,
                asked.wanted_by < today(case.notice, now),
            )
