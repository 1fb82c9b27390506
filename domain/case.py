"""What a decision is made on: the notice, one of its occurrences, and others where the act reaches further."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Case:
    """`others` are further occurrences of the notice that were read for this act, by id; see `domain.reach`.

    `successor`: the notice that takes this one's place, where the act is about that.
    """

    notice: Notice
    occurrence: Occurrence = field(default_factory=Occurrence)
    others: Mapping[OccurrenceId, Occurrence] = field(default_factory=dict)
    successor: Notice | None = None

    def of(self, name: OccurrenceId) -> Occurrence:
        """One that was read for this act, or one that does not exist."""
        if self.occurrence.exists and self.occurrence.id == name:
            return self.occurrence
        return self.others.get(name, Occurrence())

    def at(self, name: OccurrenceId) -> "Case":
        """The same act seen from another occurrence."""
        return Case(self.notice, self.of(name), self.others)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that a decision wants recorded, and the stream it belongs to."""

    stream: str
    event: Any


Decision = tuple[Draft, ...] | Refusal
NOTHING: tuple[Draft, ...] = ()
