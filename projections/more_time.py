"""What more time would do to the ladder, told before it is asked for or given."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.actor import Actor
from domain.case import Case, Draft
from domain.commands import GrantExtension
from domain.decide import decide
from domain.effect import effect_of
from domain.refusals import Refusal
from domain.who import today
from projections.casebook import Casebook
from projections.ladder_moved import StepMoved, ladder_after


@dataclass(frozen=True, slots=True)
class MoreTime:
    """`sentence`: what it would do to due days. `refusal`: why it could not be given, in the words of the rule."""

    due_on: date
    until: date
    steps: tuple[StepMoved, ...]
    sentence: str
    refusal: str | None = None


def more_time(book: Casebook, case: Case, until: date, now: datetime) -> MoreTime:
    """As if whoever may give it gave it now. Nothing is recorded."""
    others = {each.id: each for each in book.occurrences(case.notice.terms.id)}
    whole = replace(case, others=others)
    due_on = case.occurrence.facts.due_on
    given = _granted(whole, until, now)
    if isinstance(given, str):
        return MoreTime(due_on, until, (), "", given)
    return MoreTime(due_on, until, ladder_after(case, given, now), effect_of(whole, given, now).sentence)


def _granted(case: Case, until: date, now: datetime) -> tuple[Draft, ...] | str:
    """What comes of it when the first of those gives it who may; else the sentence of the last refusal."""
    command = GrantExtension(case.occurrence.id, until, "a reason")
    refusal = "Nobody holds a role today in which more time can be given."
    for role in case.notice.excusing_roles(case.occurrence.facts.obligation):
        for person in case.notice.holders(role, today(case.notice, now)):
            decision = decide(case, command, Actor("person", person), now)
            if not isinstance(decision, Refusal):
                return decision
            refusal = decision.sentence
    return refusal
