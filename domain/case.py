"""What a decision is made on: the notice, and one of its occurrences."""

from dataclasses import dataclass, field
from typing import Any

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Case:
    notice: Notice
    occurrence: Occurrence = field(default_factory=Occurrence)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that a decision wants recorded, and the stream it belongs to."""

    stream: str
    event: Any


Decision = tuple[Draft, ...] | Refusal
NOTHING: tuple[Draft, ...] = ()
