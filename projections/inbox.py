"""What lies before one person, in its order, before any of it is told: an inbox can hold thousands."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import attrgetter

from domain.case import Case
from domain.notice.state import Notice
from domain.occurrence.standing import DUE_SOON, Standing, standing
from domain.occurrence.state import Occurrence
from domain.time.zones import day_start, local_date
from projections.case_tasks import CONFIRMATION, CaseTask, is_for, tasks_in
from projections.casebook import Casebook
from projections.seen_by import SeenBy, hidden_under
from projections.turns import AT_ONCE, give_way
from projections.urgency import MOST_URGENT_FIRST, Urgency, urgency_of
from projections.words import role_title

Place = tuple[int, datetime, tuple[str, str, str], datetime]
"""How urgent it is, when it is due, the name of its occurrence, and when the task was opened."""
INSTANT = timedelta(microseconds=1)
_MANY = 50  # notices of one person: some ten milliseconds of work
_ROUNDS = 3  # something may be recorded in each of them, and whoever asked must not wait for ever
CLAIMED = ""  # stands where a role would; no role is called so
END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One open task. `roles` are titles; `place` sorts the most urgent and the soonest first."""

    case: Case
    task: CaseTask
    urgency: Urgency
    roles: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class AllOpen:
    """Everybody's open tasks under one notice, and what is overdue; from `since` until before `until`, if nothing happens.

    `of_role`: the places of its tasks among them; those that somebody has claimed stand under `CLAIMED`.
    """

    tasks: tuple[OpenTask, ...]
    of_role: Mapping[str, frozenset[int]]
    overdue: tuple[Occurrence, ...]
    since: datetime
    until: datetime

    def of_roles(self, held: Iterable[str]) -> Iterator[OpenTask]:
        """Those that may be for somebody who holds these roles, in their order."""
        places = frozenset().union(*(self.of_role.get(each, ()) for each in (*held, CLAIMED)))
        return (self.tasks[place] for place in sorted(places))

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class InboxUnder:
    """What lies before one person under one notice, in its order.

    `others_overdue`: how many things are overdue under it that are not theirs. `everybody`: what it was taken from.
    """

    notice: Notice
    tasks: tuple[OpenTask, ...]
    others_overdue: int
    everybody: AllOpen


@dataclass(frozen=True, slots=True)
class Inbox:
    """All that lies before one person, by notice in the order of issue, and as one list in its order."""

    under: tuple[InboxUnder, ...]
    tasks: tuple[OpenTask, ...]
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until


def inbox(book: Casebook, person: str, now: datetime) -> Inbox:
    """Kept until something happens, until time alone changes it, and until the day is over: then others may hold the roles."""
    found = _kept(book, person, now, lambda: _inbox(tuple(_all_under(book, person, now)), now))
    assert found is not None
    return found


async def inbox_in_turns(book: Casebook, person: str, now: datetime) -> Inbox:
    """The same; where much has to be worked out, others are answered meanwhile, and whoever asks for the same waits for it."""
    found = _kept(book, person, now, lambda: None)
    if found is None:
        async with book.kept_of_all(("inbox is coming", person), None, asyncio.Lock):
            found = await _worked_out(book, person, now)
    return found


async def _worked_out(book: Casebook, person: str, now: datetime) -> Inbox:
    for _ in range(_ROUNDS):
        position, under = book.position, []
        for number, each in enumerate(_all_under(book, person, now), start=1):
            under.append(each)
            # What had to be worked out only now took much longer than what was kept.
            if number % AT_ONCE == 0 or each.everybody.since == now:
                await give_way()
        if book.position == position:
            found = _kept(book, person, now, partial(_inbox, under, now))
            assert found is not None
            return found
    return inbox(book, person, now)


def _kept(book: Casebook, person: str, now: datetime, answer: Callable[[], Inbox | None]) -> Inbox | None:
    return book.kept_of_all(
        ("inbox", person), None, answer, lambda kept: kept is not None and kept.holds(now)
    )


def _all_under(book: Casebook, person: str, now: datetime) -> Iterator[InboxUnder]:
    return (_kept_under(book, each, person, now) for each in book.notices())


def in_their_order(found: Iterable[InboxUnder]) -> tuple[OpenTask, ...]:
    """The tasks of all, the most urgent and the soonest first."""
    return tuple(sorted((task for each in found for task in each.tasks), key=attrgetter("place")))


def work_out_beforehand(book: Casebook, now: datetime) -> None:
    """What does not depend on who asks, and what lies before those whose inbox takes long to work out."""
    for notice in book.notices():
        _everybodys(book, notice.terms.id, now)
        hidden_under(book, notice.terms.id)
    for person in book.people_of_many(_MANY):
        inbox(SeenBy(book, person, now), person, now)


def _kept_under(book: Casebook, notice: Notice, person: str, now: datetime) -> InboxUnder:
    """Kept until something happens under the notice, until time changes it for anybody, and until the day is over."""
    name, today = notice.terms.id, local_date(now, notice.terms.zone)
    everybody = _everybodys(book, name, now)
    return book.kept(
        name,
        ("inbox", person),
        today,
        lambda: _under(book, notice, person, today, everybody),
        lambda kept: kept.everybody is everybody,
    )


def urgency_of_task(case: Case, task: CaseTask, now: datetime) -> Urgency:
    """Somebody waits for a judgement, however far off the day is on which the thing itself is due."""
    urgency = urgency_of(case, now)
    is_awaited = not task.is_acknowledged_first and task.id != CONFIRMATION
    return "for decision" if urgency == "not due yet" and is_awaited else urgency


def _place_of(case: Case, task: CaseTask, urgency: Urgency) -> Place:
    name = case.occurrence.id
    return (
        MOST_URGENT_FIRST.index(urgency),
        case.occurrence.facts.due,
        (name.notice, name.obligation, name.period),
        task.opened,
    )


def _inbox(found: Sequence[InboxUnder], now: datetime) -> Inbox:
    zones = {each.notice.terms.zone for each in found}
    tomorrow = (day_start(local_date(now, zone) + timedelta(days=1), zone) for zone in zones)
    until = min((*(each.everybody.until for each in found), *tomorrow), default=now)
    return Inbox(tuple(found), in_their_order(found), now, until)


def _everybodys(book: Casebook, name: str, now: datetime) -> AllOpen:
    return book.shared(
        name, "open tasks", lambda whole: _all_open(whole, name, now), lambda kept: kept.holds(now)
    )


def _under(book: Casebook, notice: Notice, person: str, today: date, everybody: AllOpen) -> InboxUnder:
    held = frozenset(notice.roles_of(person, today))
    tasks = [
        _as_shown(notice, each)
        for each in everybody.of_roles(held)
        if is_for(each.task, person, held) and book.is_shown(each.case.occurrence)
    ]
    mine = {each.case.occurrence.id for each in tasks}
    others = [each for each in everybody.overdue if each.id not in mine and book.is_shown(each)]
    return InboxUnder(notice, tuple(tasks), len(others), everybody)


def _as_shown(notice: Notice, task: OpenTask) -> OpenTask:
    """With the notice as it is shown to whoever asks."""
    if task.case.notice is notice:
        return task
    return replace(task, case=Case(notice, task.case.occurrence))


def _all_open(book: Casebook, notice_id: str, now: datetime) -> AllOpen:
    cases = book.cases(notice_id)
    open_tasks = [_open_task(case, task, now) for case in cases for task in tasks_in(case) if task.is_open]
    tasks = tuple(sorted(open_tasks, key=attrgetter("place")))
    overdue = [each.occurrence for each in cases if standing(each.occurrence, now) is Standing.OVERDUE]
    return AllOpen(tasks, _by_role(tasks), tuple(overdue), now, changes_at(book, notice_id, now))


def _by_role(tasks: Iterable[OpenTask]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for place, each in enumerate(tasks):
        for role in each.task.roles if each.task.claimed_by is None else (CLAIMED,):
            found.setdefault(role, set()).add(place)
    return {role: frozenset(places) for role, places in found.items()}


def _open_task(case: Case, task: CaseTask, now: datetime) -> OpenTask:
    urgency = urgency_of_task(case, task, now)
    roles = tuple(role_title(case.notice, role) for role in task.roles)
    return OpenTask(case, task, urgency, roles, _place_of(case, task, urgency))


def changes_at(book: Casebook, notice_id: str, now: datetime) -> datetime:
    """When time alone next makes something under a notice stand elsewhere."""
    occurrences = book.occurrences(notice_id)
    return min((at for each in occurrences for at in _changes(each) if at > now), default=END)


def _changes(occurrence: Occurrence) -> tuple[datetime, ...]:
    """When time alone makes it stand elsewhere: it is overdue after the instant at which it is due, not at it."""
    facts = occurrence.facts
    return facts.opens, facts.due - DUE_SOON, facts.due + INSTANT
