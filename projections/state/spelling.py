"""The one spelling of a row: that of the record itself (the canonical profile of ledger/profile.py), for whatever a
projection answers. A test holds the two spellings together."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import orjson
from pydantic import BaseModel

from domain.identity import OccurrenceId
from domain.values import write_instant


def spelled(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps(plain(row), option=orjson.OPT_SORT_KEYS)


def plain(value: Any) -> Any:
    """Text, whole numbers, truth values, lists and objects only: instants and days as the record writes them."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value
        case datetime():
            return write_instant(value)
        case date():
            return value.isoformat()
        case OccurrenceId():
            return str(value)
        case BaseModel():
            return plain(value.model_dump(mode="json"))
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case set() | frozenset():
            return sorted(plain(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"a {type(value).__name__} has no place in a row")
