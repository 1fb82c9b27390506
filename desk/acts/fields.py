"""What is filled in on a form: how each kind of field is drawn, read, and shown again before it is sent.

What was typed is a mapping of names to texts; `read` gives the value, and the faults by the name of the field at fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from desk.dates import as_typed, day_fields, day_typed
from desk.words import short_day

Typed = Mapping[str, str]
Faults = dict[str, str]
YES, NO = "yes", "no"
MOST_ROWS = 60


@dataclass(frozen=True)
class Field:
    """`missing`: what is said when nothing was typed; without it, it may be left out."""

    kind: ClassVar[str] = "line"
    name: str
    label: str
    missing: str = ""
    hint: str | None = None

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        text = typed.get(self.name, "").strip()
        return text, {} if text or not self.missing else {self.name: self.missing}

    def type_in(self, value: Any) -> dict[str, str]:
        """The value as somebody would have typed it."""
        return {self.name: "" if value is None else str(value)}

    def examples(self, today: date) -> tuple[Any, ...]:  # noqa: ARG002 - a day needs it
        """Values with which the act is tried on the rules, before anything has been typed."""
        return ("words",)

    def told(self, value: Any) -> str:
        """As it is shown before it is sent."""
        return str(value or "")

    def is_empty(self, typed: Typed) -> bool:
        return not any(text.strip() for name, text in typed.items() if self._is_of(name))

    def inside(self, prefix: str) -> Self:
        return replace(self, name=f"{prefix}-{self.name}")

    def _is_of(self, name: str) -> bool:
        return name == self.name or name.startswith(f"{self.name}-")


@dataclass(frozen=True)
class Line(Field):
    """A few words."""


@dataclass(frozen=True)
class Words(Field):
    """Text of several lines."""

    kind: ClassVar[str] = "words"
    rows: int = 5


@dataclass(frozen=True)
class Kept(Field):
    """Carried along unseen, such as the name by which the record knows a thing."""

    kind: ClassVar[str] = "kept"

    def told(self, value: Any) -> str:  # noqa: ARG002 - it is nobody's to read
        return ""

    def is_empty(self, typed: Typed) -> bool:  # noqa: ARG002 - it is not typed by anybody
        return True


@dataclass(frozen=True)
class Lines(Field):
    """Several things, one a line."""

    kind: ClassVar[str] = "words"
    rows: int = 3

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        lines = tuple(each.strip() for each in typed.get(self.name, "").splitlines() if each.strip())
        return lines, {} if lines or not self.missing else {self.name: self.missing}

    def type_in(self, value: Any) -> dict[str, str]:
        return {self.name: "\n".join(value or ())}

    def examples(self, today: date) -> tuple[Any, ...]:  # noqa: ARG002
        return (("words",),)

    def told(self, value: Any) -> str:
        return "; ".join(value)


@dataclass(frozen=True)
class Day(Field):
    """A day in three fields. It is tried with today."""

    kind: ClassVar[str] = "day"

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        if not self.missing and self.is_empty(typed):
            return None, {}
        found = day_typed(typed, self.name, self.missing)
        return (None, {f"{self.name}-day": found}) if isinstance(found, str) else (found, {})

    def type_in(self, value: Any) -> dict[str, str]:
        return as_typed(self.name, value) if value else dict.fromkeys(day_fields(self.name), "")

    def examples(self, today: date) -> tuple[Any, ...]:
        return (today,) if self.missing else (None,)

    def told(self, value: Any) -> str:
        return short_day(value) if value else ""


@dataclass(frozen=True)
class Number(Field):
    """A whole number."""

    kind: ClassVar[str] = "number"

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        text = typed.get(self.name, "").strip()
        if text.isascii() and text.isdigit() and len(text) < 6:
            return int(text), {}
        return None, {self.name: self.missing}

    def examples(self, today: date) -> tuple[Any, ...]:  # noqa: ARG002
        return (1,)


@dataclass(frozen=True)
class Option:
    """One of the things that can be chosen. `value`: what the act is asked with."""

    value: Any
    text: str
    hint: str | None = None

    @property
    def word(self) -> str:
        """What a browser sends for it."""
        if isinstance(self.value, bool):
            return YES if self.value else NO
        return str(self.value)


@dataclass(frozen=True)
class Choice(Field):
    """One of several. `nothing`: what is said where there is nothing to choose from.

    `is_judged`: the rules may allow some and not others, so each is tried, and only those that pass are shown.
    """

    options: tuple[Option, ...] = ()
    nothing: str = ""
    is_judged: bool = False
    is_list: bool = False

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "one" if len(self.options) == 1 and self.missing else "list" if self.is_list else "choice"

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        word = typed.get(self.name, "")
        found = next((each for each in self.options if each.word == word), None)
        if found is not None:
            return found.value, {}
        return None, {self.name: self.missing} if self.missing or word else {}

    def type_in(self, value: Any) -> dict[str, str]:
        return {self.name: Option(value, "").word if value is not None else ""}

    def examples(self, today: date) -> tuple[Any, ...]:  # noqa: ARG002
        values = tuple(each.value for each in self.options)
        return values if self.is_judged else values[:1]

    def told(self, value: Any) -> str:
        return next((each.text for each in self.options if each.value == value), "")

    def items(self, typed: Typed) -> list[dict[str, Any]]:
        """As the components of GOV.UK Frontend want them."""
        said = typed.get(self.name)
        key = "selected" if self.is_list else "checked"
        first = [{"value": "", "text": "Choose one"}] if self.is_list else []
        return [*first, *(_item(each, {"value": each.word, key: each.word == said}) for each in self.options)]

    def only(self, values: tuple[Any, ...]) -> Choice:
        return replace(self, options=tuple(each for each in self.options if each.value in values))


@dataclass(frozen=True)
class Several(Field):
    """Any number of several."""

    kind: ClassVar[str] = "several"
    options: tuple[Option, ...] = ()

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        return tuple(each.value for each in self.options if typed.get(self.box(each))), {}

    def type_in(self, value: Any) -> dict[str, str]:
        return {self.box(each): YES for each in self.options if each.value in (value or ())}

    def examples(self, today: date) -> tuple[Any, ...]:  # noqa: ARG002
        return ((),)

    def told(self, value: Any) -> str:
        return "; ".join(each.text for each in self.options if each.value in value)

    def items(self, typed: Typed) -> list[dict[str, Any]]:
        """Each box under a name of its own."""
        boxes = ((each, self.box(each)) for each in self.options)
        return [
            _item(each, {"name": box, "value": YES, "checked": bool(typed.get(box))}) for each, box in boxes
        ]

    def box(self, option: Option) -> str:
        return f"{self.name}-{option.word}"


@dataclass(frozen=True)
class Group(Field):
    """The same few fields, as often as they are needed. A row in which nothing stands is left out.

    `noun`: what one of them is called; `label` stands over all of them, and `adding` on the button for one more.
    """

    kind: ClassVar[str] = "group"
    fields: tuple[Field, ...] = ()
    noun: str = ""

    @property
    def counter(self) -> str:
        return f"{self.name}-count"

    def rows(self, typed: Typed) -> list[tuple[str, tuple[Field, ...]]]:
        """Each with the name under which its fields stand, the empty ones included."""
        return [
            (prefix, tuple(each.inside(prefix) for each in self.fields))
            for prefix in (f"{self.name}-{number}" for number in range(1, self.count(typed) + 1))
        ]

    def count(self, typed: Typed) -> int:
        said = typed.get(self.counter, "")
        return min(max(int(said), 1), MOST_ROWS) if said.isascii() and said.isdigit() else 1

    def read(self, typed: Typed) -> tuple[Any, Faults]:
        faults: Faults = {}
        found: list[dict[str, Any]] = []
        for prefix, fields in self.rows(typed):
            if all(each.is_empty(typed) for each in fields):
                continue
            values: dict[str, Any] = {}
            for each in fields:
                values[each.name.removeprefix(f"{prefix}-")], wrong = each.read(typed)
                faults |= wrong
            found.append(values)
        if not found and self.missing:
            faults[f"{self.name}-1-{self._first.name}"] = self.missing
        return tuple(found), faults

    def type_in(self, value: Any) -> dict[str, str]:
        typed = {self.counter: str(max(len(value or ()), 1))}
        for number, row in enumerate(value or (), start=1):
            for each in self.fields:
                typed |= each.inside(f"{self.name}-{number}").type_in(_of_row(row, each.name))
        return typed

    def examples(self, today: date) -> tuple[Any, ...]:
        if not self.missing:
            return ((),)
        return (({each.name: each.examples(today)[0] for each in self.fields},),)

    def told(self, value: Any) -> str:
        return "\n".join(self._row_told(number, row) for number, row in enumerate(value, start=1))

    def one_more(self, typed: Typed, of: str) -> dict[str, str]:
        """What was typed, with one more row of this group, or of one within it that stands under the name `of`."""
        more = dict(typed)
        if of == self.name:
            more[self.counter] = str(min(self.count(typed) + 1, MOST_ROWS))
        elif of.startswith(f"{self.name}-"):
            for _, fields in self.rows(typed):
                for each in fields:
                    if isinstance(each, Group):
                        more = each.one_more(more, of)
        return more

    def is_empty(self, typed: Typed) -> bool:
        return all(each.is_empty(typed) for _, fields in self.rows(typed) for each in fields)

    def _row_told(self, number: int, row: Mapping[str, Any]) -> str:
        """Every word of it: what is signed has been read. What stands in a group within it has lines of its own."""
        told = [(each, each.told(row[each.name])) for each in self.fields]
        plain = [f"{each.label}: {text}" for each, text in told if text and not isinstance(each, Group)]
        within = [text for each, text in told if text and isinstance(each, Group)]
        return "\n".join((f"{self.noun} {number}. {'; '.join(plain)}", *within))

    @property
    def _first(self) -> Field:
        return next(each for each in self.fields if not isinstance(each, Kept))


def _item(option: Option, more: Mapping[str, Any]) -> dict[str, Any]:
    hint = {"hint": {"text": option.hint}} if option.hint else {}
    return {"text": option.text, **hint, **more}


def _of_row(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


def answer(name: str, label: str, yes: str, no: str, missing: str) -> Choice:
    """One of two."""
    return Choice(name, label, missing, options=(Option(True, yes), Option(False, no)), is_judged=True)
