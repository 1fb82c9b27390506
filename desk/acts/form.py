"""One act as a form: why it is asked for, what is filled in, which command that becomes, and what happens then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from desk.acts.fields import Choice, Field, Group, Typed
from desk.acts.place import Place
from domain.actor import Actor
from domain.commands import Command
from domain.decide import decide
from domain.refusals import (
    DateBeforeOpening,
    DateBeyondCalendar,
    DateInTheFuture,
    DateInThePast,
    DateOutOfOrder,
    NothingChanges,
    Refusal,
    ValueNotFitting,
)

Given = Mapping[str, Any]
NOTHING_TO_RECORD = "There is nothing to record here just now."
# Refusals that are about the words and days with which an act was tried, and not about the act.
OF_THE_WORDS = (
    DateBeforeOpening,
    DateBeyondCalendar,
    DateInTheFuture,
    DateInThePast,
    DateOutOfOrder,
    NothingChanges,
    ValueNotFitting,
)


def _no_fields(_: Place) -> tuple[Field, ...]:
    return ()


def _nothing_yet(_: Place) -> Given:
    return {}


def always(*fields: Field) -> Callable[[Place], tuple[Field, ...]]:
    """The same fields, whatever it is about."""
    return lambda _: fields


def _of_what_is_owed(place: Place) -> tuple[str, ...]:
    return (place.occurrence.facts.clause,) if place.occurrence.exists else ()


def _no_words(_: Place) -> None:
    return None


@dataclass(frozen=True)
class ActForm:
    """`act`: its row in the table of permissions. `link`: the words by which it is offered. `then`: what happens next.

    `make` is given the values of the fields by name. `begins`: values with which the form begins; `tries`:
    those with which it is tried on the rules, where any would not do. `words`: what somebody
    has written to whom this answers. `clauses`: those that are shown above it, in the notice's own words.
    """

    act: str
    heading: str
    link: str
    lead: str
    then: str
    button: str
    make: Callable[[Place, Given], Command]
    fields: Callable[[Place], tuple[Field, ...]] = _no_fields
    begins: Callable[[Place], Given] = _nothing_yet
    tries: Callable[[Place], Given] = _nothing_yet
    clauses: Callable[[Place], tuple[str, ...]] = _of_what_is_owed
    words: Callable[[Place], str | None] = _no_words
    warns: bool = False

    def fields_at(self, place: Place) -> tuple[Field, ...]:
        """With only those choices that a rule would allow this person today."""
        allowed = tuple(_allowed(self, place))
        return tuple(
            each.only(tuple(given[each.name] for given in allowed))
            if isinstance(each, Choice) and each.is_judged
            else each
            for each in self.fields(place)
        )

    def begun(self, place: Place) -> dict[str, str]:
        """What stands in the form when it is opened: what it begins with, and what the address says."""
        typed: dict[str, str] = {}
        begins = self.begins(place)
        for each in self.fields(place):
            if each.name in begins:
                typed |= each.type_in(begins[each.name])
            elif isinstance(each, Group):
                typed |= each.type_in(())
            if isinstance(each, Choice) and each.name in place.asked:
                typed[each.name] = place.asked[each.name]
        return typed

    def refusal(self, place: Place) -> str | None:
        """Why a rule would allow it with no words at all; None where it would."""
        for each in self.fields(place):
            if isinstance(each, Choice) and each.missing and not each.options:
                return each.nothing or NOTHING_TO_RECORD
        first: str | None = None
        for given in _examples(self, place):
            sentence = _tried(self, place, given)
            if sentence is None:
                return None
            first = first or sentence
        return first or NOTHING_TO_RECORD

    def is_open_to(self, place: Place) -> bool:
        return self.refusal(place) is None


def read(fields: tuple[Field, ...], typed: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    """The values by name, and what is wrong with them."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for each in fields:
        values[each.name], wrong = each.read(typed)
        faults |= wrong
    return values, faults


def with_one_more(fields: tuple[Field, ...], typed: Typed, of: str) -> dict[str, str]:
    """What was typed, with room for one more of a group."""
    more = dict(typed)
    for each in fields:
        if isinstance(each, Group):
            more = each.one_more(more, of)
    return more


def _examples(form: ActForm, place: Place) -> Iterator[dict[str, Any]]:
    fields, tries = form.fields(place), form.tries(place)
    values = [(tries[each.name],) if each.name in tries else each.examples(place.today) for each in fields]
    for row in product(*values):
        yield dict(zip((each.name for each in fields), row, strict=True))


def _allowed(form: ActForm, place: Place) -> Iterator[dict[str, Any]]:
    return (given for given in _examples(form, place) if _tried(form, place, given) is None)


def _tried(form: ActForm, place: Place, given: Given) -> str | None:
    """The sentence of the rule that refuses it; None where it would be recorded, or with other words."""
    decision = decide(place.case, form.make(place, given), Actor("person", place.person), place.now)
    if isinstance(decision, OF_THE_WORDS):
        return None
    if isinstance(decision, Refusal):
        return decision.sentence
    return None if decision else NOTHING_TO_RECORD
