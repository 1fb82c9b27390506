"""What became of the rungs of a ladder."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.terms.ladders import Rung

OVER_THEIR_HEADS = ("escalate", "refer")
OF_LATENESS = ("overdue", *OVER_THEIR_HEADS)
How = Literal["sent", "left out", "never chased", "taken back"]


@dataclass
class Mark:
    """What became of one rung in this dating of the ladder. `meant_for`: its instant on the ladder.

    `over`: those who were told have been told so. `seen`: they have said that they saw it. `kept`: it was sent before
    the clock was stopped. `afresh`: it was taken back because the clock stood, and starts again with it.
    """

    rung: Rung
    how: How
    at: datetime
    meant_for: datetime | None
    messages: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    over: bool = False
    seen: bool = False
    kept: bool = False
    afresh: bool = False

    @property
    def is_open_task(self) -> bool:
        return self.rung.opens_task and self.how == "sent" and not self.over

    @property
    def tells_of_lateness(self) -> bool:
        return self.how == "sent" and self.rung.chases is None and self.rung.do in OF_LATENESS
