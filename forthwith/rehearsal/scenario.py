"""A scenario: who does what, and when, in a rehearsal. What nobody does stays undone."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import Field, model_validator

from domain.values import Identifier, Sentence, Term


class SectionText(Term):
    """What a report says in a section; `nil` says expressly that there is nothing."""

    section: Identifier
    text: str = ""
    nil: bool = False


class _Timed(Term):
    """An act at a local time (`at`), or a number of working days from an occurrence's opening or due day."""

    who: Identifier
    at: datetime | None = None
    working_days: int | None = Field(default=None, ge=-250, le=250)
    after: Literal["opens", "due"] = "due"
    hour: time = time(10, 0)
    occurrence: str | None = None
    every: Identifier | None = None
    but: tuple[str, ...] = ()
    refused: Identifier | str | None = None

    @model_validator(mode="after")
    def _says_what_and_when(self) -> "_Timed":
        if (self.occurrence is None) == (self.every is None):
            raise ValueError(
                "name either one occurrence (obligation/period) or every occurrence of an obligation"
            )
        if (self.at is None) == (self.working_days is None):
            raise ValueError(
                "say when: either `at` a local time, or `working_days` from its opening or due day"
            )
        if self.at is not None and self.every is not None:
            raise ValueError("an act on every occurrence needs `working_days`; one time cannot fit them all")
        if self.at is not None and self.at.tzinfo is not None:
            raise ValueError(
                "`at` is a local time of the notice, without a zone, for example 2016-06-10T10:00"
            )
        return self


class Submit(_Timed):
    """Submit a report. `content`: ``full`` answers every section, ``hollow`` only the first; or spell it out."""

    do: Literal["submit"]
    content: Literal["full", "hollow"] | tuple[SectionText, ...] = "full"
    received_working_days: int | None = None


class Accept(_Timed):
    do: Literal["accept"]


class Acknowledge(_Timed):
    do: Literal["acknowledge"]
    task: Identifier = "owed"


class HoldReview(_Timed):
    """Record that a review was held, on the day of the act unless `held_on` says otherwise."""

    do: Literal["hold-review"]
    held_on: date | None = None
    summary: Sentence = "Reviewed as rehearsed."


class Assess(_Timed):
    do: Literal["assess"]
    finding: Sentence = "Assessed as rehearsed."


class Outage(Term):
    """The engine is down from one local time to another; nobody can do anything in it either."""

    do: Literal["outage"]
    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _runs_forward(self) -> "Outage":
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("an outage is told in local times of the notice, without a zone")
        if self.end <= self.start:
            raise ValueError("an outage ends after it starts")
        return self


Act = Annotated[Submit | Accept | Acknowledge | HoldReview | Assess | Outage, Field(discriminator="do")]
PersonAct = Submit | Accept | Acknowledge | HoldReview | Assess


class Scenario(Term):
    """A whole scenario file."""

    format: Literal["forthwith-scenario/1"]
    id: Identifier
    title: Sentence
    shows: Sentence
    acts: tuple[Act, ...] = ()


NOBODY_ACTS = Scenario(
    format="forthwith-scenario/1",
    id="nobody-acts",
    title="Nobody does anything",
    shows="What the engine does by itself, from the first reminder to the referral.",
)
