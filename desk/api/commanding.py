"""From what was sent to the command that it asks for."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from desk.api.bearer import Caller
from desk.api.bodies import Body, said
from desk.api.problems import ProblemError
from desk.api.reading import as_seen
from domain import commands as asked
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.terms.checks import check
from domain.terms.notice_file import NoticeFile
from domain.terms.parties import Person
from domain.time.calendar import load_calendar
from domain.time.zones import local_date
from projections.casebook import Casebook


async def on_occurrence(caller: Caller, kind: type, name: OccurrenceId, body: Body) -> asked.Command:
    """Raises NotFound where the occurrence is not open to the caller."""
    book = await _book(caller)
    zone = book.case(name).notice.terms.zone
    given = said(body, lambda: _today(caller, zone))
    return cast("asked.Command", kind(occurrence=name, **given))


async def require_open(caller: Caller, name: OccurrenceId) -> None:
    """Raises NotFound where the occurrence is not open to the caller."""
    (await _book(caller)).case(name)


async def on_notice(caller: Caller, kind: type, notice: str, body: Body) -> asked.Command:
    """Raises NotFound where the notice is not open to the caller."""
    book = await _book(caller)
    if kind is asked.IssueNotice:
        return _issue(caller, notice, said(body, lambda: date.min))
    zone = book.notice(notice).terms.zone
    given = said(body, lambda: _today(caller, zone))
    if "event" in type(body).model_fields:
        given |= _place_of(book, notice, given.pop("event"))
    if kind is asked.VaryNotice:
        _require_fit(notice, given["terms"])
    else:
        given["notice"] = notice
    return cast("asked.Command", kind(**given))


def people_named(command: asked.Command) -> tuple[Person, ...]:
    """Those whose addresses came with it; the record does not keep them."""
    match command:
        case asked.AppointPerson(person=person):
            return (person,)
        case asked.IssueNotice(terms=terms) | asked.VaryNotice(terms=terms):
            return terms.people
    return ()


async def _book(caller: Caller) -> Casebook:
    await caller.ports.casebook.catch_up()
    return as_seen(caller, caller.ports.casebook)


def _today(caller: Caller, zone: str) -> date:
    return local_date(caller.ports.clock_now(), zone)


def _issue(caller: Caller, notice: str, given: dict[str, Any]) -> asked.Command:
    terms = given["terms"]
    _require_fit(notice, terms)
    start = given["chase_from"] or caller.ports.clock_now()
    return asked.IssueNotice(terms, load_calendar(terms.notice.calendar), start)


def _require_fit(notice: str, terms: NoticeFile) -> None:
    """The same faults as in a notice file, but without its lines."""
    if terms.notice.id != notice:
        raise ProblemError(
            422, "NotUnderstood", f"The terms are those of “{terms.notice.id}”, not of “{notice}”."
        )
    faults = [fault.sentence for fault in check(terms)]
    if faults:
        raise ProblemError(
            422, "NoticeUnsound", "The parts of this notice do not fit together.", faults=faults
        )


def _place_of(book: Casebook, notice: str, index: int) -> dict[str, Any]:
    """An event by its place in its stream, as corrections name it."""
    entry = book.event(index)
    if entry.record.envelope.notice != notice:
        raise NotFound(f"Event {index} is not of the notice “{notice}”.")
    return {"of": entry.occurrence, "version": entry.record.version}
