"""A scenario: who does what, and when, in a rehearsal. What nobody does stays undone."""

from typing import Literal

from domain.values import Identifier, Sentence, Term
from forthwith.rehearsal.acts.all import AnyAct
from forthwith.rehearsal.acts.base import Day


class AsIn(Term):
    """Everything happens as in another scenario, up to a day, but for what is left out.

    `but`: obligations, occurrences written obligation/period, or names of acts.
    """

    scenario: str
    but: tuple[str, ...] = ()
    until: Day | None = None


class Scenario(Term):
    """A whole scenario file."""

    format: Literal["forthwith-scenario/1"]
    id: Identifier
    title: Sentence
    shows: Sentence
    as_in: AsIn | None = None
    acts: tuple[AnyAct, ...] = ()


NOBODY_ACTS = Scenario(
    format="forthwith-scenario/1",
    id="nobody-acts",
    title="Nobody does anything",
    shows="What the engine does by itself, from the first reminder to the referral.",
)
