"""Who is told, and when, as lateness grows: one ladder for each obligor's track."""

from datetime import time
from typing import Literal

from pydantic import Field, model_validator

from domain.values import Identifier, Sentence, Term

RungAct = Literal["remind", "overdue", "escalate", "assess", "refer"]
_IN_WORDS: dict[RungAct, str] = {
    "remind": "a reminder",
    "overdue": "the overdue notice",
    "escalate": "the escalation",
    "assess": "the request for an assessment",
    "refer": "the referral for consideration",
}


class Rung(Term):
    """One step of a ladder.

    It falls `working_days` (or calendar `days`, rolled back to a working day) after the occurrence opens, after it is
    due, or after another rung was raised; negative is before. `chases` names a task (``owed``, or the id of the
    rung that opened it): the rung is then raised only while that task is unacknowledged. A rung that does not chase a
    task is raised only while the obligation is unmet.

    `do`: remind and overdue tell those who owe; escalate tells somebody else and opens a task for them; assess asks
    a named person for a judgement; refer puts the matter before those who may decide. None of them decides.
    """

    id: Identifier
    do: RungAct
    to: tuple[Identifier, ...] = Field(min_length=1)
    after: str = "due"
    working_days: int | None = Field(default=None, ge=-250, le=250)
    days: int | None = Field(default=None, ge=-1000, le=1000)
    chases: Identifier | None = None
    says: Sentence | None = None

    @model_validator(mode="after")
    def _one_distance(self) -> "Rung":
        if (self.working_days is None) == (self.days is None):
            raise ValueError("a rung needs either working_days or days, and not both")
        return self

    @property
    def in_words(self) -> str:
        """What the step is called: `the escalation`, `a reminder to acknowledge`."""
        return "a reminder to acknowledge" if self.chases else _IN_WORDS[self.do]

    @property
    def opens_task(self) -> bool:
        return self.do in ("escalate", "assess", "refer")


class Ladder(Term):
    """The rungs of one track, in the order in which they are raised, at one local time of day."""

    id: Identifier
    track: Identifier
    at: time = time(9, 0)
    rungs: tuple[Rung, ...] = Field(min_length=1)

    def rung(self, rung_id: str) -> Rung:
        return next(rung for rung in self.rungs if rung.id == rung_id)
