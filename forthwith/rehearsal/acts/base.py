"""What every act has: who does it, on what, and when."""

from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from domain.refusals import NotFound, Refusal
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.matter import Matter

EARLIEST, LATEST = 1900, 2199


def _within_reach(value: date) -> None:
    if not EARLIEST <= value.year <= LATEST:
        raise ValueError(f"the year has to lie between {EARLIEST} and {LATEST}")


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None:
        raise ValueError("this is a local time of the notice, without a zone, for example 2016-06-10T10:00")
    _within_reach(value)
    return value


def _day(value: date) -> date:
    _within_reach(value)
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
Day = Annotated[date, AfterValidator(_day)]
NameOfRefusal = Annotated[str, AfterValidator(_name_of_refusal)]

# Unlike a Sentence it may be empty, so that a scenario can show an act being refused for want of a reason.
Words = Annotated[str, StringConstraints(max_length=8000)]


class Act(Term):
    """Somebody does something. `notice`: under another notice than the one that is rehearsed. `name`: so that a
    scenario which builds on this one can leave the act out."""

    who: Identifier
    name: Identifier | None = None
    notice: Identifier | None = None
    refused: NameOfRefusal | None = None


class OnNotice(Act):
    """An act on the notice itself, at a local time."""

    at: LocalTime

    @property
    def about(self) -> str | None:
        """The occurrence, written obligation/period, whose own record the act is on; None for that of the notice."""
        return None


class OnOccurrence(Act):
    """An act at a local time (`at`), or a number of working days from an occurrence's opening or due day.

    `alongside`: on one occurrence, again and again, with the days counted from each occurrence of an obligation.
    """

    at: LocalTime | None = None
    working_days: int | None = Field(default=None, ge=-250, le=250)
    after: Literal["opens", "due"] = "due"
    hour: time = time(10, 0)
    occurrence: Matter | None = None
    every: Identifier | None = None
    alongside: Identifier | None = None
    but: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_what_and_when(self) -> "OnOccurrence":
        if (self.occurrence is None) == (self.every is None):
            raise ValueError(
                "name either one occurrence (obligation/period) or every occurrence of an obligation"
            )
        if (self.at is None) == (self.working_days is None):
            raise ValueError(
                "say when: either `at` a local time, or `working_days` from its opening or due day"
            )
        if self.every is not None and self.alongside is not None:
            raise ValueError("`alongside` goes with one occurrence, not with `every`")
        if self.at is not None and (self.every or self.alongside):
            raise ValueError("an act on every occurrence needs `working_days`; one time cannot fit them all")
        if self.but and not (self.every or self.alongside):
            raise ValueError("`but` leaves periods out of `every` or `alongside`, neither of which is here")
        return self
