"""What more time would do to the ladder, told before it is asked for or given."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.actor import Actor
from domain.case import Case, Draft
from domain.commands import GrantExtension
from domain.decide import decide
from domain.effect import effect_of
from domain.occurrence.fold import fold
from domain.refusals import Refusal
from domain.who import today
from projections.casebook import Casebook
from projections.ladder_steps import LadderStep, ladder_steps


@dataclass(frozen=True, slots=True)
class StepMoved:
    """One step of the ladder with its instant as it is and as it would be; None where it would not be taken.

    `done`: it has been taken; `now` is then when.
    """

    what: str
    now: datetime | None
    then: datetime | None
    done: bool = False


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
    own = (each.event for each in given if each.stream == case.occurrence.id.stream)
    after = Case(case.notice, fold(own, case.occurrence))
    steps = tuple(_moved(ladder_steps(case, now), ladder_steps(after, now)))
    return MoreTime(due_on, until, steps, effect_of(whole, given, now).sentence)


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


def _moved(before: tuple[LadderStep, ...], after: tuple[LadderStep, ...]) -> Iterator[StepMoved]:
    """In the order of the ladder: what is still to come in one of the two, and with it when it was done before."""
    was, will = {each.rung: each for each in before}, {each.rung: each for each in after}
    for rung in dict.fromkeys((*will, *was)):
        now, then = _at(was.get(rung), "waiting", "raised"), _at(will.get(rung), "waiting")
        done = rung in was and was[rung].status == "raised"
        if then is not None or (now is not None and not done):
            yield StepMoved((will.get(rung) or was[rung]).what, now, then, done)


def _at(step: LadderStep | None, *stands: str) -> datetime | None:
    return step.when if step is not None and step.status in stands else None
