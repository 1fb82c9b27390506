"""A strategy for every kind of event, made from its own annotations; parts of a notice are those of the real one."""

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import BaseModel

from domain.terms.obligations import AfterEvent
from domain.time.calendar import HolidayCalendar, load_calendar
from domain.time.rules import AfterEvent as DaysAfterEvent
from tests.lives import the_notice

INSTANTS = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(0, 2**31),
    date: st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    datetime: INSTANTS,
    HolidayCalendar: st.just(load_calendar("england")),
    types.NoneType: st.none(),
}


# The real notice has no duty of this kind.
DETERMINATION = AfterEvent(
    kind="after-event",
    id="determination",
    clause="12",
    title="Determination whether what was required has been done",
    strength="must",
    obligor="department",
    obligee="council",
    assignee="case-lead",
    event="plan-delivered",
    due=DaysAfterEvent(working_days=10),
)


@cache
def parts_of_the_notice() -> tuple[BaseModel, ...]:
    found: list[BaseModel] = [DETERMINATION]
    terms = the_notice()
    waiting: list[Any] = [terms]
    while waiting:
        part = waiting.pop()
        if isinstance(part, BaseModel):
            found.append(part)
            waiting.extend(value for _, value in part)
        elif isinstance(part, tuple):
            waiting.extend(part)
    return tuple(found)


def examples_of(shape: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that an event may hold."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return examples_of(arguments[0])
    if origin in (Union, types.UnionType):
        return st.one_of(*(examples_of(each) for each in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(examples_of(arguments[0]), max_size=3).map(tuple)
    if shape in PLAIN:
        return PLAIN[shape]
    if is_dataclass(shape):
        hints = get_type_hints(shape, include_extras=True)
        return st.builds(shape, **{field.name: examples_of(hints[field.name]) for field in fields(shape)})
    return st.sampled_from([part for part in parts_of_the_notice() if type(part) is shape])
