"""What an act is sent with: the fields of its command, without what the address says already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, get_type_hints

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    ConfigDict,
    create_model,
    model_validator,
)
from pydantic import Field as Described

from desk.api.shapes import worded
from domain import commands as asked
from projections.past.naming import EARLIEST, LATEST

IN_THE_ADDRESS = frozenset({"notice", "occurrence"})
TODAY = "Today, where the notice runs, if left out."
MAY_BE_TODAY = frozenset(
    {
        "decided_on",
        "issued_on",
        "published_on",
        "effective_on",
        "from_day",
        "delivered_on",
        "held_on",
    }
)


def _within_reach(value: date) -> date:
    if not EARLIEST <= value.year <= LATEST:
        raise ValueError(f"the year has to lie between {EARLIEST} and {LATEST}")
    return value


Day = Annotated[date, AfterValidator(_within_reach)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
EventNumber = Annotated[int, Described(ge=1, description="The event's number in the record.")]
_EVENT: dict[str, Any] = {"event": (EventNumber, ...)}
# What is sent in another way than the command has it: an event by its number, a calendar by its name, a file itself.
INSTEAD: dict[type, tuple[frozenset[str], dict[str, Any]]] = {
    asked.ProposeCorrection: (frozenset({"version", "of"}), _EVENT),
    asked.ApproveCorrection: (frozenset({"version", "of"}), _EVENT),
    asked.RejectCorrection: (frozenset({"version", "of"}), _EVENT),
    asked.IssueNotice: (frozenset({"calendar", "chase_from"}), {"chase_from": (Moment | None, None)}),
    asked.LodgeEvidence: (
        frozenset({"sha256", "media_type", "size"}),
        {"content": (Annotated[Base64Bytes, Described(description="The file, in base64.")], ...)},
    ),
}


class Body(BaseModel):
    """Unknown fields are refused, and so is the null character, which no record can hold."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_null_characters(cls, value: Any) -> Any:
        if _holds_null(value):
            raise ValueError("the null character cannot be recorded")
        return value


@cache
def body_of(kind: type) -> type[Body]:
    """The model of what a command is sent with."""
    hints = get_type_hints(kind, include_extras=True)
    left_out, added = INSTEAD.get(kind, (frozenset(), {}))
    own: dict[str, Any] = {
        each.name: (_typed(hints[each.name], each.name), _default(each))
        for each in fields(kind)
        if each.name not in IN_THE_ADDRESS | left_out
    }
    return create_model(kind.__name__, __base__=Body, __doc__=kind.__doc__, **own, **added)


def _typed(hint: Any, name: str) -> Any:
    if name in MAY_BE_TODAY:
        return Annotated[Day | None, Described(description=TODAY)]
    return worded(hint, _as_it_is, {date: Day, datetime: Moment})


def _as_it_is(kind: type) -> type:
    return kind


def _default(each: Field[Any]) -> Any:
    if each.name in MAY_BE_TODAY:
        return None
    return ... if each.default is MISSING else each.default


def _holds_null(value: Any) -> bool:
    match value:
        case str():
            return "\x00" in value
        case dict():
            return any(_holds_null(each) for pair in value.items() for each in pair)
        case list() | tuple():
            return any(map(_holds_null, value))
    return False


def said(body: Body, today: Callable[[], date]) -> dict[str, Any]:
    """What was sent, by field, with the days that were left out."""
    given = {name: getattr(body, name) for name in type(body).model_fields}
    return {
        name: today() if value is None and name in MAY_BE_TODAY else value for name, value in given.items()
    }
