"""What a history is found to lack."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["late", "skipped", "out of order", "misdated"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`occurrence` is None for what never opened; `index` is the event at which it shows, None where nothing happened.

    `what` is one word or two for counting: the thing itself, a section, a step of the ladder, an order that was not kept.
    """

    kind: Kind
    what: str
    obligation: str
    occurrence: str | None
    index: int | None
    sentence: str
