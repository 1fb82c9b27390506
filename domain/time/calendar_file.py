"""The calendar file: its shape, and every way of refusing a bad one in a sentence."""

import json
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from domain.time.words import plain_date

LONGEST_SPAN_IN_YEARS = 100
EVERY_DAY_OF_THE_WEEK = frozenset(range(7))

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CalendarFault(ValueError):
    """A calendar file that cannot be used. The message is one sentence for the person who wrote the file."""


class CalendarFile(BaseModel):
    """What a calendar file may hold. `source` and `notes` explain it and decide no date, so the hash leaves
    them out; everything else is hashed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Name
    edition: Words
    source: str = ""
    notes: list[str] = Field(default_factory=list)
    first: date
    last: date
    weekend: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=lambda: [5, 6])
    holidays: list[tuple[date, Words]]

    @model_validator(mode="after")
    def _is_a_calendar(self) -> Self:
        if self.last < self.first:
            raise ValueError(
                f"it ends on {plain_date(self.last)}, before it begins on {plain_date(self.first)}"
            )
        if self.last.year - self.first.year > LONGEST_SPAN_IN_YEARS:
            raise ValueError(f"it covers more than {LONGEST_SPAN_IN_YEARS} years")
        if EVERY_DAY_OF_THE_WEEK.issubset(self.weekend):
            raise ValueError("every day of the week is weekend, so there is no working day")
        _check_order(day for day, _ in self.holidays)
        for day, title in self.holidays:
            if not self.first <= day <= self.last:
                raise ValueError(
                    f"the holiday {title!r} on {plain_date(day)} lies outside the days it covers"
                )
        return self


def read_calendar_file(text: str) -> CalendarFile:
    try:
        json.loads(text, object_pairs_hook=_refuse_duplicates)
        return CalendarFile.model_validate_json(text)
    except ValidationError as error:
        raise CalendarFault(f"This calendar cannot be used: {_first_fault(error)}.") from None
    except (ValueError, RecursionError) as error:
        raise CalendarFault(f"This calendar cannot be read as JSON: {error}.") from None


def _check_order(days: Iterable[date]) -> None:
    for earlier, later in pairwise(days):
        if earlier == later:
            raise ValueError(f"{plain_date(later)} stands in it twice")
        if earlier > later:
            raise ValueError(
                f"its holidays are not in order: {plain_date(later)} stands after {plain_date(earlier)}"
            )


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ValueError(f"the key {twice!r} stands in it twice")
    return dict(pairs)


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    message = str(fault["msg"]).removeprefix("Value error, ")
    where = ".".join(str(step) for step in fault["loc"])
    return f"at {where}, {message[0].lower()}{message[1:]}" if where else message
