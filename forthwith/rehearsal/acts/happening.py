"""What nobody does in a scenario, and what happens all the same, from one local time to another."""

from typing import Literal

from pydantic import model_validator

from domain.values import Identifier, Sentence, Term
from forthwith.rehearsal.acts.base import LocalTime


class Happening(Term):
    start: LocalTime
    end: LocalTime

    @model_validator(mode="after")
    def _runs_forward(self) -> "Happening":
        if self.end <= self.start:
            raise ValueError("it ends after it starts")
        return self


class Outage(Happening):
    """The engine is down; nobody can do anything in it either."""

    do: Literal["outage"]


class Bounce(Happening):
    """No message reaches a person; `fault` is what their mail server says."""

    do: Literal["bounce"]
    person: Identifier
    fault: Sentence = "550 there is no such mailbox"
