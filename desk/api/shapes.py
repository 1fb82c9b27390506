"""The shapes of answers, from the rows that are answered: the OpenAPI document cannot lag behind what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema, create_model

from domain.identity import OccurrenceId

Item = TypeVar("Item")
NOTHING: Mapping[Any, Any] = {}


def _occurrence(value: Any) -> Any:
    return OccurrenceId.parse(value) if isinstance(value, str) else value


OccurrenceName = Annotated[
    OccurrenceId,
    BeforeValidator(_occurrence),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[^/]+/[^/]+/[^/]+$",
            "examples": ["lancashire-2016/monthly-report/2016-09"],
        }
    ),
]


class Page(BaseModel, Generic[Item]):
    """A part of a list. `next` goes into `cursor` for the part that follows; null at the end."""

    items: list[Item]
    next: str | None = Field(None, description="The cursor of the next page.")


@cache
def shape_of(kind: type) -> type[BaseModel]:
    """The model of a frozen row and of all rows within it; names of occurrences are text."""
    hints = get_type_hints(kind, include_extras=True)
    of: dict[str, Any] = {each.name: (worded(hints[each.name]), ...) for each in fields(kind)}
    return create_model(kind.__name__, __doc__=_own_words(kind), **of)


def worded(hint: Any, inner: Callable[[type], Any] = shape_of, instead: Mapping[Any, Any] = NOTHING) -> Any:
    """A type with every occurrence in it written as text, every row in it as `inner` makes it, and some types `instead`."""
    if hint is OccurrenceId:
        return OccurrenceName
    if hint in instead:
        return instead[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return inner(hint)
    origin = get_origin(hint)
    if origin is None or origin is Literal:
        return hint
    if origin is Annotated:
        return hint
    parts = tuple(worded(each, inner, instead) for each in get_args(hint))
    return reduce(or_, parts) if origin in {Union, UnionType} else origin[parts]


def _own_words(kind: type) -> str | None:
    """Its docstring; not the signature that dataclasses write where there is none."""
    words = kind.__doc__ or ""
    return None if words.startswith(f"{kind.__name__}(") else words
