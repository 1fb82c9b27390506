"""The words of an event as pairs of a label and a text, however deep they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.words import moment

NOTHING = "nothing"


def event_facts(data: dict[str, Any], zone: ZoneInfo, names: dict[str, str]) -> list[tuple[str, str]]:
    """`("Messages, 1, person", "Helen Marsh (helen-marsh)")`. Instants are told in `zone`; `names` are people's."""
    return [
        (_label(path), _text(value, zone, names))
        for path, value in _leaves(data, ())
        if value not in (None, "")
    ]


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and value and all(isinstance(inner, str) for inner in value):
        yield path, ", ".join(value)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, (*path, str(number)))
    else:
        yield path, NOTHING if value in ([], {}) else value


def _label(path: tuple[str, ...]) -> str:
    words = ", ".join(part.replace("_", " ") for part in path)
    return words[:1].upper() + words[1:]


def _text(value: Any, zone: ZoneInfo, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    if value in names:
        return f"{names[value]} ({value})"
    if len(value) == 27 and value.endswith("Z"):
        with suppress(ValueError):
            return moment(datetime.fromisoformat(value), zone)
    return value
