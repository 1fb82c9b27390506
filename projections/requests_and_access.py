"""What was asked for and what came of it (4b), and what reviewers were given access to, item by item (10a to 10d)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.case import Case
from domain.events.reviewing import ItemConfirmed, ItemRefused
from domain.identity import OccurrenceId
from domain.occurrence.owed import owed_on
from projections.casebook import Casebook
from projections.urgency import standing_in_words
from projections.words import occurrence_title, person_in_role

Outcome = Literal["provided", "not provided", "nothing said yet"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody recorded, in the order in which it was recorded."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """`not_given`: what was recorded as refused, or as not given as it should be, also after an answer."""

    occurrence: OccurrenceId
    asked: Said
    wanted_by: date
    standing: str
    answer: Said | None
    not_given: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """`said`: everything that was recorded of it; something refused may have been provided later."""

    id: str
    title: str
    clause: str
    outcome: Outcome
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """What one review or assessment was to be given."""

    occurrence: OccurrenceId
    title: str
    standing: str
    from_day: date
    items: tuple[Item, ...]


def requests(book: Casebook, notice: str, now: datetime) -> tuple[Request, ...]:
    """Those made under obligations that hold until a decision, the newest first. Raises NotFound."""
    found = [case for case in book.cases(notice) if owed_on(case.occurrence.facts) == "answer"]
    return tuple(
        _request(case, now)
        for case in sorted(found, key=lambda each: each.occurrence.facts.opened_at, reverse=True)
    )


def access(book: Casebook, notice: str, now: datetime) -> tuple[Access, ...]:
    """The bundles of items that have been owed, the newest first. Raises NotFound."""
    found = [case for case in book.cases(notice) if owed_on(case.occurrence.facts) == "bundle"]
    return tuple(
        Access(
            occurrence=case.occurrence.id,
            title=occurrence_title(case.notice, case.occurrence.facts),
            standing=standing_in_words(case, now),
            from_day=case.occurrence.facts.event_on or case.occurrence.facts.due_on,
            items=tuple(_items(case)),
        )
        for case in reversed(found)
    )


def _request(case: Case, now: datetime) -> Request:
    occurrence, facts, notice = case.occurrence, case.occurrence.facts, case.notice
    return Request(
        occurrence=occurrence.id,
        asked=Said(
            facts.about or facts.title,
            person_in_role(notice, facts.asked_by or "", facts.asked_as or ""),
            facts.opened_at,
        ),
        wanted_by=facts.due_on,
        standing=_standing(case, now),
        answer=_answer(case),
        not_given=tuple(
            Said(each.account, person_in_role(notice, each.recorded_by, each.recorded_as), each.recorded_at)
            for each in occurrence.non_cooperation
        ),
    )


def _standing(case: Case, now: datetime) -> str:
    """An answer that does not give what was asked for is told as that, and not as an answer."""
    if case.occurrence.non_cooperation:
        return "not given"
    return "answered" if case.occurrence.answered else standing_in_words(case, now)


def _answer(case: Case) -> Said | None:
    given = case.occurrence.answered
    if given is None:
        return None
    by = person_in_role(case.notice, given.answered_by, given.answered_as)
    return Said(given.answer, by, given.answered_at)


def _items(case: Case) -> Iterator[Item]:
    confirmed = {each.item for each in case.occurrence.items_confirmed}
    refused = {each.item for each in case.occurrence.items_refused}
    for section in case.occurrence.facts.sections:
        outcome: Outcome = "nothing said yet"
        if section.id in confirmed:
            outcome = "provided"
        elif section.id in refused:
            outcome = "not provided"
        yield Item(section.id, section.title, section.clause, outcome, tuple(_said(case, section.id)))


def _said(case: Case, item: str) -> Iterator[Said]:
    for event in case.occurrence.history:
        match event:
            case ItemConfirmed() if event.item == item:
                by = person_in_role(case.notice, event.confirmed_by, event.confirmed_as)
                yield Said("Provided", by, event.confirmed_at)
            case ItemRefused() if event.item == item:
                by = person_in_role(case.notice, event.recorded_by, event.recorded_as)
                yield Said(f"Not provided: {event.reason}", by, event.recorded_at)
