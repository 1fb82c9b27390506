"""Text where a number belongs, a list where a word does, a day that does not exist.

This is looked at before the model looks, which would take the number 20160519 for a count of seconds, and
a number in quotes for a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from domain.time.words import MONTHS
from forthwith.notice_files.faults import Path, shortened
from forthwith.notice_files.shapes import Node, Shapes

_NAMES = {
    "object": "a set of keys with values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_KINDS = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    str: "string",
    list: "array",
    dict: "object",
}
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_INSTANT = re.compile(rf"{_DATE.pattern}T({_TIME.pattern})(\.[0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?")


def kind_faults(shapes: Shapes, data: Any) -> Iterator[tuple[Path, str]]:
    """Every value that is of another kind than the one expected, with a sentence."""
    return _below(shapes, shapes.top(data), data, ())


def shown(value: Any) -> str:
    """A value as it is quoted in a sentence."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return f"“{shortened(text)}”"


def _below(shapes: Shapes, nodes: list[Node], value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    sentence = _kind_sentence(nodes, value) or _format_sentence(nodes, value)
    if sentence:
        yield path, sentence
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _below(shapes, shapes.below(nodes, key, inner), inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _below(shapes, shapes.below(nodes, index, inner), inner, (*path, index))


def _kind_sentence(nodes: list[Node], value: Any) -> str | None:
    expected = {kind for node in nodes for kind in _kinds_of_node(node)}
    found = _kind(value)
    if not expected or found in expected or (found == "integer" and "number" in expected):
        return None
    wanted = " or ".join(name for kind, name in _NAMES.items() if kind in expected - {"null"})
    if found == "null":
        return f"A value is missing; {wanted or 'nothing'} is needed here."
    if found in ("integer", "boolean") and "string" in expected:
        return f"Text is needed here; put {shown(value).strip('“”')} in quotes."
    if found == "string":
        return f"{wanted[:1].upper()}{wanted[1:]} is needed here, and {shown(value)} is text."
    return f"{wanted[:1].upper()}{wanted[1:]} is needed here, not {_NAMES[found]}."


def _kinds_of_node(node: Node) -> Iterator[str]:
    kinds = node.get("type")
    if isinstance(kinds, list):
        yield from kinds
    elif isinstance(kinds, str):
        yield kinds
    else:
        yield from (
            _kind(choice) for choice in node.get("enum", [node["const"]] if "const" in node else _NAMES)
        )


def _kind(value: Any) -> str:
    return _KINDS[type(value)]


def _format_sentence(nodes: list[Node], value: Any) -> str | None:
    formats = {node.get("format") for node in nodes if node.get("type") == "string"}
    if not isinstance(value, str) or len(formats) != 1:
        return None
    check = _FORMATS.get(formats.pop() or "")
    return check(value.strip()) if check else None


def _date_sentence(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if not found:
        return f"{shown(text)} is not a date; a date is written like 2016-05-19."
    return _no_such_day(*found.groups()) if _fails(date.fromisoformat, text) else None


def _time_sentence(text: str) -> str | None:
    if not _TIME.fullmatch(text):
        return f"{shown(text)} is not a time of day; a time is written like 09:00."
    return f"The time {text} does not exist." if _fails(time.fromisoformat, text) else None


def _instant_sentence(text: str) -> str | None:
    found = _INSTANT.fullmatch(text)
    if not found:
        return f"{shown(text)} is not a moment; a moment is written like 2016-06-14T09:00:00+01:00."
    if _fails(date.fromisoformat, text[:10]):
        return _no_such_day(*found.groups()[:3])
    return f"The moment {text} does not exist." if _fails(datetime.fromisoformat, text) else None


def _no_such_day(year: str, month: str, day: str) -> str:
    if not 1 <= int(month) <= len(MONTHS):
        return f"{year}-{month}-{day} does not exist: there is no month {int(month)}."
    return f"{int(day)} {MONTHS[int(month) - 1]} {year} does not exist."


def _fails(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return True
    return False


_FORMATS: dict[str, Callable[[str], str | None]] = {
    "date": _date_sentence,
    "time": _time_sentence,
    "date-time": _instant_sentence,
}
