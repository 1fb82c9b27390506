"""OCEL 2.0 as JSON (ocel-standard.org, section 6), with sorted keys and types: the same log gives the same bytes."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from domain.values import write_instant
from projections.exports.model import AttributeType, Happening, ObjectLog, Thing, Value
from projections.exports.spool import in_chunks


def ocel_json(log: ObjectLog) -> Iterator[bytes]:
    return in_chunks(_document(log))


def _document(log: ObjectLog) -> Iterator[str]:
    event_types, object_types = log.event_types(), log.object_types()
    yield f'{{"objectTypes":{_spelled([_type(*each) for each in object_types.items()])},'
    yield f'"eventTypes":{_spelled([_type(*each) for each in event_types.items()])},"objects":['
    yield from _listed(_object(each, object_types[each.type]) for each in log.objects.values())
    yield '],"events":['
    yield from _listed(_event(each, event_types[each.type]) for each in log.events)
    yield "]}\n"


def _listed(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, each in enumerate(items):
        yield f"{',' if number else ''}{_spelled(each)}"


def _spelled(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _event(event: Happening, attributes: dict[str, AttributeType]) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "time": write_instant(event.time),
        "attributes": [
            {"name": name, "value": _value(event.attributes[name], kind)}
            for name, kind in attributes.items()
            if name in event.attributes
        ],
        "relationships": [
            {"objectId": relation.object, "qualifier": relation.qualifier} for relation in event.relations
        ],
    }


def _type(name: str, attributes: dict[str, AttributeType]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": each, "type": kind} for each, kind in attributes.items()]}


def _object(thing: Thing, attributes: dict[str, AttributeType]) -> dict[str, Any]:
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [
            {
                "name": each.name,
                "time": write_instant(each.time),
                "value": _value(each.value, attributes[each.name]),
            }
            for each in thing.changes
        ],
        "relationships": [
            {"objectId": other, "qualifier": qualifier} for other, qualifier in thing.relations
        ],
    }


def _value(value: Value, kind: AttributeType) -> Any:
    if kind == "time":
        return write_instant(value)  # type: ignore[arg-type]  # its type says that it is an instant
    return str(value) if kind == "string" else value
