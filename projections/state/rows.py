"""The rows of every read model of one notice at one moment."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from domain.notice.state import Notice
from domain.occurrence.standing import was_late
from projections.casebook import Casebook
from projections.clause_standing import standing_of_clauses
from projections.deliveries import deliveries
from projections.overdue import overdue
from projections.tasks import all_tasks
from projections.urgency import standing_in_words
from projections.why import why_it_stands

Row = dict[str, Any]


def rows_of(book: Casebook, notice: str, now: datetime) -> Iterator[Row]:
    """Each row says its `model`. No row depends on where or when it is worked out: neither hashes of leaves nor
    identifiers drawn at random are part of one."""
    for model, answer in MODELS.items():
        for row in answer(book, notice, now):
            yield {"model": model, "notice": notice, "row": row}


def _standings(book: Casebook, notice: str, now: datetime) -> Iterator[Any]:
    for case in book.cases(notice):
        occurrence, facts = case.occurrence, case.occurrence.facts
        yield {
            "occurrence": occurrence.id,
            "standing": standing_in_words(case, now),
            "due_on": facts.due_on,
            "first_due_on": occurrence.opened.due_on if occurrence.opened else None,
            "met_at": occurrence.met_at,
            "late": was_late(occurrence),
            "acknowledged": occurrence.acknowledged,
            "rungs": [(each.rung.id, each.status, each.raised_at) for each in occurrence.rungs],
        }


def _overdue(book: Casebook, notice: str, now: datetime) -> Iterator[Any]:
    for track in overdue(book, notice, now):
        for row in track.overdue:
            yield {"track": track.obligor, "overdue": row, "why": why_it_stands(book, row.occurrence, now)}


def _deliveries(book: Casebook, notice: str, _: datetime) -> Iterator[Any]:
    for case in book.cases(notice):
        yield from deliveries(case, book.history(case.occurrence.id))


def _decisions(book: Casebook, notice: str, _: datetime) -> Iterator[Any]:
    for case in book.cases(notice):
        if case.occurrence.consideration is not None:
            yield {"occurrence": case.occurrence.id, "consideration": case.occurrence.consideration}


def _plan(book: Casebook, notice: str, _: datetime) -> Iterator[Any]:
    for case in book.cases(notice):
        if case.occurrence.plan.exists:
            yield {"occurrence": case.occurrence.id, "plan": case.occurrence.plan}


def _notice(book: Casebook, notice: str, _: datetime) -> Iterator[Any]:
    found: Notice = book.notice(notice)
    yield {"phase": found.phase, "owed": [each.id for each in found.owed], "holders": found.appointments}


MODELS: dict[str, Callable[[Casebook, str, datetime], Any]] = {
    "notice": _notice,
    "standings": _standings,
    "tasks": all_tasks,
    "overdue": _overdue,
    "deliveries": _deliveries,
    "decisions": _decisions,
    "plan": _plan,
    "clauses": standing_of_clauses,
}
