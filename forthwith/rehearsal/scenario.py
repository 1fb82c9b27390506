"""A scenario: who does what, and when, in a rehearsal. What nobody does stays undone."""

from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from domain.refusals import NotFound, Refusal
from domain.values import Identifier, Sentence, Term

EARLIEST, LATEST = 1900, 2199


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None:
        raise ValueError("this is a local time of the notice, without a zone, for example 2016-06-10T10:00")
    if not EARLIEST <= value.year <= LATEST:
        raise ValueError(f"the year has to lie between {EARLIEST} and {LATEST}")
    return value


def _name_of_refusal(value: str) -> str:
    known = {NotFound.__name__, *(each.__name__ for each in Refusal.__subclasses__())}
    if value not in known:
        close = get_close_matches(value, known, n=1)
        raise ValueError(
            f"there is no refusal called “{value}”; "
            + (f"did you mean “{close[0]}”?" if close else "docs/scenario-file.md lists them")
        )
    return value


LocalTime = Annotated[datetime, AfterValidator(_local)]
NameOfRefusal = Annotated[str, AfterValidator(_name_of_refusal)]


class SectionText(Term):
    """What a report says in a section; `nil` says expressly that there is nothing."""

    section: Identifier
    text: str = ""
    nil: bool = False


class _Timed(Term):
    """An act at a local time (`at`), or a number of working days from an occurrence's opening or due day."""

    who: Identifier
    at: LocalTime | None = None
    working_days: int | None = Field(default=None, ge=-250, le=250)
    after: Literal["opens", "due"] = "due"
    hour: time = time(10, 0)
    occurrence: str | None = None
    every: Identifier | None = None
    but: tuple[str, ...] = ()
    refused: NameOfRefusal | None = None

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
        if self.but and self.every is None:
            raise ValueError("`but` leaves periods out of `every`, which is not here")
        return self


class Submit(_Timed):
    """Submit a report. `content`: ``full`` answers every section, ``hollow`` only the first; or spell it out."""

    do: Literal["submit"]
    content: Literal["full", "hollow"] | tuple[SectionText, ...] = "full"
    received_working_days: int | None = Field(default=None, ge=-250, le=250)


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
    start: LocalTime
    end: LocalTime

    @model_validator(mode="after")
    def _runs_forward(self) -> "Outage":
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
