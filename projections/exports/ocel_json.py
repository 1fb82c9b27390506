"""OCEL 2.0 as JSON (ocel-standard.org, section 6), with sorted keys and types: the same log gives the same bytes."""

import json
from typing import Any

from domain.values import write_instant
from projections.exports.model import AttributeType, ObjectLog, Thing, Value


def ocel_json(log: ObjectLog) -> bytes:
    event_types, object_types = log.event_types(), log.object_types()
    document = {
        "objectTypes": [_type(name, attributes) for name, attributes in object_types.items()],
        "eventTypes": [_type(name, attributes) for name, attributes in event_types.items()],
        "objects": [_object(each, object_types[each.type]) for each in log.objects.values()],
        "events": [
            {
                "id": each.id,
                "type": each.type,
                "time": write_instant(each.time),
                "attributes": [
                    {"name": name, "value": _value(each.attributes[name], kind)}
                    for name, kind in event_types[each.type].items()
                    if name in each.attributes
                ],
                "relationships": [
                    {"objectId": relation.object, "qualifier": relation.qualifier}
                    for relation in each.relations
                ],
            }
            for each in log.events
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


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
