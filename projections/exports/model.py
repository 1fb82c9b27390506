"""What an object-centric log is made of (OCEL 2.0): events, objects, and qualified relations between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Literal

AttributeType = Literal["string", "integer", "boolean", "time"]
Value = str | int | bool | datetime
FROM_THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class UntypedValue(TypeError):
    """A value of a kind that an attribute cannot have."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`makes`: the object came to be by this event."""

    object: str
    qualifier: str
    makes: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        return Relation, (self.object, self.qualifier, self.makes)


@dataclass(frozen=True, slots=True)
class Change:
    """From `time` on, the object's attribute has this value; what it always had is dated 1970, as OCEL asks."""

    name: str
    value: Value
    time: datetime = FROM_THE_BEGINNING


@dataclass(slots=True)
class Thing:
    """One object, which grows as the log is read."""

    id: str
    type: str
    changes: list[Change] = field(default_factory=list)
    relations: dict[tuple[str, str], None] = field(default_factory=dict)

    def relate(self, other: str, qualifier: str) -> None:
        if other != self.id:
            self.relations[other, qualifier] = None

    def set(self, name: str, value: Any, time: datetime = FROM_THE_BEGINNING) -> None:
        """None is not recorded; a value that is as it was is not recorded again."""
        if value is not None and self.now(name) != value:
            self.changes.append(Change(name, value, time))

    def now(self, name: str) -> Value | None:
        return next((each.value for each in reversed(self.changes) if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. `time` is when it was true in the world, `recorded` when the record took it in."""

    id: str
    index: int
    type: str
    time: datetime
    recorded: datetime
    command: str
    sentence: str
    actor: str
    actor_name: str
    case: str
    role: str | None
    attributes: dict[str, Value]
    relations: tuple[Relation, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        # Left to itself a frozen class with slots is pickled field by field, in three times the time.
        return Happening, _values_of(self)


_values_of = attrgetter(*(each.name for each in fields(Happening)))


@dataclass(frozen=True, slots=True)
class ObjectLog:
    """Events in the order of the record; objects in the order in which they were first named."""

    events: Sequence[Happening]
    objects: dict[str, Thing]

    def event_types(self) -> dict[str, dict[str, AttributeType]]:
        """Every type of event with its attributes, sorted by name."""
        return _types((each.type, each.attributes.items()) for each in self.events)

    def object_types(self) -> dict[str, dict[str, AttributeType]]:
        return _types(
            (each.type, ((change.name, change.value) for change in each.changes))
            for each in self.objects.values()
        )


def type_of(value: Value) -> AttributeType:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, datetime):
        return "time"
    if isinstance(value, str):
        return "string"
    raise UntypedValue(f"{value!r} is of no type that an attribute can have")


def _types(found: Any) -> dict[str, dict[str, AttributeType]]:
    types: dict[str, dict[str, AttributeType]] = {}
    for name, attributes in found:
        known = types.setdefault(name, {})
        for attribute, value in attributes:
            kind = type_of(value)
            # Where values differ in type the attribute is text: a reader would refuse the odd ones otherwise.
            known[attribute] = kind if known.get(attribute, kind) == kind else "string"
    return {name: dict(sorted(types[name].items())) for name in sorted(types)}
