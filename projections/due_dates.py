"""Which dates belong into the calendar of somebody who acts under notices, or who follows one?

An answer follows from the record and from the local day alone, never from the hour, so that it stays the same all day
until something is recorded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from domain.case import Case
from domain.chasing.outlook import still_called_for
from domain.chasing.timing import falls_at, plan_of
from domain.events import correcting, excusing, owing, reviewing, tending
from domain.events.delivery import MessageSent, MessageUndeliverable, NonDeliveryReported
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.occurrence.state import OWED, Occurrence
from domain.terms.ladders import Rung
from domain.terms.obligations import MaximumGapReview
from domain.time.words import plain_date
from domain.time.zones import day_end, local_date
from projections.case_tasks import CaseTask, is_theirs, tasks_in
from projections.casebook import Casebook, Entry
from projections.still_expected import still_expected
from projections.tellings.parts import said
from projections.why_this_task import why_this_task
from projections.words import (
    body,
    capital,
    clause_name,
    day_of,
    expected_title,
    moment,
    occurrence_title,
    role_title,
)

Surety = Literal["certain", "tentative", "cancelled"]

# What may bring an entry to another day, end it, or bring it back. Each adds one to the revision of what it touches.
_MOVES_ONE = (
    excusing.OccurrenceRedated,
    excusing.OccurrenceWaived,
    excusing.OccurrenceWithdrawn,
    excusing.ClockStopped,
    excusing.ClockRestarted,
    reviewing.ReviewPlanned,
    reviewing.ReviewMoved,
    owing.ReviewHeld,
    correcting.EventCorrected,
)
_MOVES_MANY = (
    tending.NoticeVaried,
    tending.NoticeLifted,
    tending.NoticeSuperseded,
    tending.NoticeClosed,
    tending.ObligationEnded,
    tending.ObligationReleased,
    tending.InterpretationRevised,
    tending.HolidayProclaimed,
)
_CHANGES_NOTHING_SHOWN = (MessageSent, MessageUndeliverable, NonDeliveryReported)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of the ladder that is still to come: when, and what it is called."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class AskedOf:
    """An open task that is asked of whoever the calendar is for, and why."""

    task: str
    why: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """One entry. `name` never changes while the day moves; `revision` only grows, and does so when it may have moved.

    It is about the days `first` to `last`, both included, in `zone`; `at` where it is due at an hour and not by the end of
    the day. `tentative`: its day depends on something that has not happened yet. `is_deadline` is False for the days of a review
    itself. `notes`: sentences on what became of it. `asked` is empty where nothing is asked of the reader. `changed`: when
    something that it says was recorded.
    """

    name: str
    occurrence: OccurrenceId
    opened: bool
    title: str
    zone: str
    first: date
    last: date
    at: datetime | None
    surety: Surety
    met: bool
    is_deadline: bool
    clause: str
    clause_text: str
    why: str
    notes: tuple[str, ...]
    asked: tuple[AskedOf, ...]
    reminders: tuple[Reminder, ...]
    revision: int
    changed: datetime


def due_dates(
    casebook: Casebook,
    now: datetime,
    notice: str | None = None,
    person: str | None = None,
    *,
    follows: bool = False,
) -> tuple[DueDate, ...]:
    """The entries of one notice or of every one, by day. Raises NotFound.

    With a `person`, reminders and tasks are theirs, and so are the entries unless they follow the whole; the book
    decides what they may see. Without one it is everything, with every reminder.
    """
    notices = [casebook.notice(notice)] if notice else notices_naming(casebook, person)
    found = [
        entry
        for each in notices
        for entry in _under(casebook, each, _Reader(each, person, now, follows=follows or person is None))
    ]
    return tuple(sorted(found, key=lambda each: (each.first, each.name)))


def notices_naming(casebook: Casebook, person: str | None) -> tuple[Notice, ...]:
    """Those under which somebody acts or has acted; every one for nobody in particular."""
    return tuple(each for each in casebook.notices() if person is None or person in each.names)


@dataclass(frozen=True, slots=True)
class _Reader:
    """For whom it is, and what they follow. `person` None: nobody in particular."""

    notice: Notice
    person: str | None
    now: datetime
    follows: bool

    def holds_any(self, roles: Sequence[str]) -> bool:
        if self.person is None:
            return True
        held = self.notice.roles_of(self.person, local_date(self.now, self.notice.terms.zone))
        return any(role in held for role in roles)

    def has(self, case: Case, task: CaseTask) -> bool:
        return self.person is not None and is_theirs(case, task, self.person, self.now)


@dataclass(frozen=True, slots=True)
class _Moves:
    """Everything recorded under a notice that may have moved a date."""

    notice: Notice
    issued: Entry
    entries: tuple[Entry, ...]

    def of(self, obligation: str, occurrence: OccurrenceId) -> list[Entry]:
        """Those that may have moved this one: of the notice, of what its day is counted from, and its own."""
        terms = self.notice.obligation(obligation)
        chain = {getattr(terms, "event", None), obligation if isinstance(terms, MaximumGapReview) else None}
        return [
            each
            for each in self.entries
            if each.occurrence in (None, occurrence) or each.occurrence.obligation in chain
        ]


def _under(casebook: Casebook, notice: Notice, reader: _Reader) -> Iterator[DueDate]:
    history = casebook.history(notice.terms.id)
    moved = (each for each in history if isinstance(each.event, (*_MOVES_ONE, *_MOVES_MANY)))
    moves = _Moves(notice, history[0], tuple(moved))
    for case in casebook.cases(notice.terms.id):
        tasks = [each for each in tasks_in(case) if reader.has(case, each)]
        if tasks or reader.follows:
            yield from _of_case(case, casebook.history(case.occurrence.id), moves, tasks, reader)
    for expected in still_expected(notice, casebook.occurrences(notice.terms.id)):
        if reader.follows or reader.holds_any((expected.obligation.assignee,)):
            yield _to_come(notice, expected, moves, reader)


def _of_case(
    case: Case, history: Sequence[Entry], moves: _Moves, tasks: Sequence[CaseTask], reader: _Reader
) -> Iterator[DueDate]:
    notice, state, facts = case.notice, case.occurrence, case.occurrence.facts
    last_moved = next(each.index for each in reversed(history) if _moves(each))
    shown = [each for each in history if not isinstance(each.event, _CHANGES_NOTHING_SHOWN)]
    asked = tuple(AskedOf(task.id, why_this_task(case, task)) for task in tasks if task.is_open)
    title = occurrence_title(notice, facts)
    due = DueDate(
        name=f"{state.id}/due",
        occurrence=state.id,
        opened=True,
        title=title,
        zone=notice.terms.zone,
        first=facts.due_on,
        last=facts.due_on,
        at=_hour(facts.due, facts.due_on, notice.terms.zone),
        surety=_surety(state),
        met=state.is_met,
        is_deadline=True,
        clause=capital(clause_name(notice, facts.clause)),
        clause_text=notice.clause(facts.clause).text,
        why=why_this_task(case, next(each for each in tasks_in(case) if each.id == OWED)),
        notes=tuple(_became(case)),
        asked=asked,
        reminders=() if state.is_over else _soonest_first(_reminders(case, reader)),
        revision=sum(each.index <= last_moved for each in moves.of(facts.obligation, state.id)),
        changed=shown[-1].recorded,
    )
    yield due
    if state.review.starts_on is not None and state.review.ends_on is not None:
        yield _taking_place(due, state.review.starts_on, state.review.ends_on)


def _taking_place(due: DueDate, first: date, last: date) -> DueDate:
    """The review itself: it is planned for days of its own, within the time in which it is due."""
    return replace(
        due,
        name=f"{due.occurrence}/review",
        title=f"{due.title} takes place",
        first=first,
        last=last,
        at=None,
        met=False,
        is_deadline=False,
        reminders=(),
    )


def _moves(entry: Entry) -> bool:
    return isinstance(entry.event, (owing.OccurrenceOpened, *_MOVES_ONE))


def _to_come(notice: Notice, expected: Expected, moves: _Moves, reader: _Reader) -> DueDate:
    """What has not opened yet; once it does, the entry goes on under its name."""
    obligation, zone = expected.obligation, notice.terms.zone
    moved = moves.of(obligation.id, expected.id)
    basis = clause_name(notice, obligation.clause)
    reminders = () if expected.projected else _soonest_first(_planned_reminders(notice, expected, reader))
    return DueDate(
        name=f"{expected.id}/due",
        occurrence=expected.id,
        opened=False,
        title=expected_title(expected),
        zone=zone,
        first=expected.due_on,
        last=expected.due_on,
        at=_hour(expected.due, expected.due_on, zone),
        surety="tentative" if expected.projected else "certain",
        met=False,
        is_deadline=True,
        clause=capital(basis),
        clause_text=notice.clause(obligation.clause).text,
        why=(
            f"Under {basis}, {body(notice, obligation.obligor)} owes it to {body(notice, obligation.obligee)}; "
            f"it falls to the {role_title(notice, obligation.assignee)}."
        ),
        notes=(_PROJECTED if expected.projected else f"It opens on {day_of(expected.opens, zone)}.",),
        asked=(),
        reminders=reminders,
        revision=len(moved),
        changed=(moved or [moves.issued])[-1].recorded,
    )


_PROJECTED = (
    "The day depends on something that has not happened yet; this is the last one possible as things stand."
)


def _hour(due: datetime, due_on: date, zone: str) -> datetime | None:
    return None if due == day_end(due_on, zone) else due


def _surety(state: Occurrence) -> Surety:
    if state.is_excused:
        return "cancelled"
    return "tentative" if state.stopped is not None and not state.is_over else "certain"


def _became(case: Case) -> Iterator[str]:
    state, zone = case.occurrence, case.notice.terms.zone
    if state.opened is not None and state.opened.due_on != state.facts.due_on:
        yield f"It was due on {plain_date(state.opened.due_on)} at first."
    if state.stopped is not None and not state.is_over:
        yield f"Its clock stands since {plain_date(state.stopped.from_day)}: {said(state.stopped.reason)}"
    if state.waived is not None:
        yield f"It was waived on {moment(state.waived.waived_at, zone)}: {said(state.waived.reason)}"
    if state.withdrawn is not None:
        yield f"It was withdrawn on {moment(state.withdrawn.withdrawn_at, zone)}: {said(state.withdrawn.reason)}"
    if state.met_at is not None:
        yield f"What was owed arrived on {moment(state.met_at, zone)}."


def _soonest_first(reminders: Iterator[Reminder]) -> tuple[Reminder, ...]:
    return tuple(sorted(reminders, key=lambda each: each.at))


def _reminders(case: Case, reader: _Reader) -> Iterator[Reminder]:
    notice, state = case.notice, case.occurrence
    for standing in state.rungs:
        is_waiting = standing.status == "waiting" and still_called_for(state, standing)
        at = falls_at(notice, state, standing) if is_waiting else None
        if at is not None and _is_for(standing.rung, reader):
            yield Reminder(at, capital(standing.rung.in_words))


def _planned_reminders(notice: Notice, expected: Expected, reader: _Reader) -> Iterator[Reminder]:
    ladder = notice.ladder(expected.obligation.ladder) if expected.obligation.ladder else None
    for planned in plan_of(notice, ladder, expected.opens, expected.due_on):
        if planned.at is not None and _is_for(planned.rung, reader):
            yield Reminder(planned.at, capital(planned.rung.in_words))


def _is_for(rung: Rung, reader: _Reader) -> bool:
    return rung.do == "remind" and reader.holds_any(rung.to)
