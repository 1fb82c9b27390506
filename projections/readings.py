"""How a notice is read, and what each ruling has brought about: which due days it moved, and what it made late or timely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.events import excusing, instrument, owing, tending
from domain.identity import OccurrenceId
from domain.terms.clauses import Interpretation
from domain.time.words import counted
from domain.time.zones import local_date
from projections.casebook import Casebook, Entry
from projections.words import joined, obligation_title, occurrence_title, person_in_role, role_title


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A due day that a ruling moved, by event `index`. `effect`: what that did to its lateness, if anything."""

    occurrence: OccurrenceId
    title: str
    was: date
    now: date
    effect: str | None
    index: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """One reading of a clause, by event `index`. `was` and `reason`: of one that revised an earlier reading."""

    index: int
    at: datetime
    ruling: str
    basis: str
    by: str
    was: str | None
    reason: str | None
    moved: tuple[MovedDay, ...]

    @property
    def in_words(self) -> str:
        """`Of what had opened, it moved 5 due days and made 2 that were late timely.`"""
        if not self.moved:
            return "It moved no due day of what had opened."
        days = f"it moved {counted(len(self.moved), 'due day')}"
        timely = sum(each.effect == _TIMELY for each in self.moved)
        late = sum(each.effect == _LATE for each in self.moved)
        effects = [
            f"made {count} that {'was' if count == 1 else 'were'} {what} {became}"
            for count, what, became in ((timely, "late", "timely"), (late, "timely", "late"))
            if count
        ]
        return f"Of what had opened, {joined((days, *effects))}."


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that the text leaves open. `rulings`: the newest last. `rests_on`: each obligation that follows from it,
    and how many of its occurrences have opened."""

    id: str
    clause: str
    question: str
    rulings: tuple[Ruling, ...]
    rests_on: tuple[tuple[str, str, int], ...]


_TIMELY, _LATE = "late no more", "late by this"


def readings(book: Casebook, notice_id: str) -> tuple[Reading, ...]:
    """In the notice's own order. Raises NotFound."""
    notice, history = book.notice(notice_id), book.history(notice_id)
    cases = {case.occurrence.id: case for case in book.cases(notice_id)}
    return tuple(
        Reading(
            id=each.id,
            clause=each.clause,
            question=each.question,
            rulings=tuple(_rulings(book, notice_id, each.id, history, cases)),
            rests_on=tuple(
                (obligation, obligation_title(notice, obligation), _opened(cases, obligation))
                for obligation in each.affects
                if notice.find_obligation(obligation)
            ),
        )
        for each in notice.interpretations
    )


def _opened(cases: dict[OccurrenceId, Case], obligation: str) -> int:
    return sum(name.obligation == obligation for name in cases)


def _rulings(
    book: Casebook, notice_id: str, reading: str, history: tuple[Entry, ...], cases: dict[OccurrenceId, Case]
) -> Iterator[Ruling]:
    notice = book.notice(notice_id)
    for entry in history:
        event = entry.event
        if isinstance(event, instrument.InterpretationRuled) and event.interpretation.id == reading:
            by = role_title(notice, event.interpretation.ruled_by)
            yield _ruling(entry, event.interpretation, by)
        elif isinstance(event, tending.InterpretationRevised) and event.interpretation.id == reading:
            by = person_in_role(notice, event.revised_by, event.revised_as)
            moved = tuple(_moved(entry, history, cases))
            yield _ruling(entry, event.interpretation, by, event.was, event.reason, moved)


def _ruling(
    entry: Entry,
    given: Interpretation,
    by: str,
    was: str | None = None,
    reason: str | None = None,
    moved: tuple[MovedDay, ...] = (),
) -> Ruling:
    return Ruling(entry.index, entry.effective, given.ruling, given.basis, by, was, reason, moved)


def _moved(revised: Entry, history: tuple[Entry, ...], cases: dict[OccurrenceId, Case]) -> Iterator[MovedDay]:
    """What was dated anew by the same act."""
    for entry in history:
        same_act = entry.record.command_id == revised.record.command_id
        if (
            not same_act
            or not isinstance(entry.event, excusing.OccurrenceRedated)
            or entry.occurrence is None
        ):
            continue
        was, case = _due_before(entry, history), cases.get(entry.occurrence)
        if case is None or was is None or was == entry.event.due_on:
            continue
        title = occurrence_title(case.notice, case.occurrence.facts)
        effect = _effect(case, was, entry.event.due_on, revised.effective)
        yield MovedDay(entry.occurrence, title, was, entry.event.due_on, effect, entry.index)


def _due_before(moving: Entry, history: tuple[Entry, ...]) -> date | None:
    days = [
        entry.event.due_on
        for entry in history
        if entry.index < moving.index
        and entry.occurrence == moving.occurrence
        and isinstance(entry.event, owing.OccurrenceOpened | excusing.OccurrenceRedated)
    ]
    return days[-1] if days else None


def _effect(case: Case, was: date, now: date, at: datetime) -> str | None:
    met, zone = case.occurrence.met_at, case.notice.terms.zone
    came = local_date(met if met is not None and met <= at else at, zone)
    if was < came <= now:
        return _TIMELY
    return _LATE if now < came <= was else None
