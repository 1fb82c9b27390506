"""The instrument's own words."""

from typing import Literal

from domain.values import Identifier, Sentence, Strength, Term


class Clause(Term):
    """One clause or sub-item, verbatim.

    `id` is the instrument's numbering (``6b``). Where the instrument holds two duties in one clause, `label` is
    ``editor`` and the letter is ours; otherwise ``instrument``.
    """

    id: Identifier
    text: Sentence
    heading: Sentence | None = None
    within: Identifier | None = None
    label: Literal["instrument", "editor"] = "instrument"
    strength: Strength = "none"
    obligor: Identifier | None = None
    obligee: Identifier | None = None


class Interpretation(Term):
    """How an ambiguity of the text is read here, by whom, and on what basis.

    A ruling is a recorded, attributable, revisable reading; it is never presented as the instrument's own words.
    `affects` names the obligations whose terms follow from it.
    """

    id: Identifier
    clause: Identifier
    question: Sentence
    ruling: Sentence
    basis: Sentence
    ruled_by: Identifier
    affects: tuple[Identifier, ...] = ()
