"""An event with one of its fields as it should have been."""

import json
from dataclasses import fields
from typing import Any

from domain.events.kinds import from_data, kind_of, to_data
from domain.events.withheld import ERASED, KEPT_APART


class ValueDoesNotFit(ValueError):
    """The event has no such field, or the field cannot hold that value."""


def with_field(event: Any, field: str, now: str) -> Any:
    """The event with another value in one field; raises ValueDoesNotFit. `now` is text where the
    field holds text or nothing, and JSON otherwise."""
    if field not in {each.name for each in fields(event)}:
        raise ValueDoesNotFit(f"This event has no field “{field}”.")
    data = to_data(event)
    try:
        if now in (ERASED, KEPT_APART):
            data[field] = now if isinstance(data[field], str | None) else [now]
        else:
            data[field] = now if isinstance(data[field], str | None) else json.loads(now)
        return from_data(kind_of(event).topic, data)
    except (ValueError, RecursionError):
        raise ValueDoesNotFit(f"“{now}” cannot stand in the field “{field}”.") from None


def as_recorded(event: Any, field: str) -> str:
    """What a field says, as the record writes it."""
    value = to_data(event)[field]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
