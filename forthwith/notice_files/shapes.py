"""What a model expects at a place in a file, read from its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forthwith.notice_files.faults import Path

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shapes:
    """`root` is a model's JSON Schema with its `$defs`."""

    root: Node

    def top(self, data: Any) -> list[Node]:
        return list(self.alternatives(self.root, data))

    def at(self, path: Path, data: Any) -> list[Node]:
        """The shapes that the value at `path` may have; none if the model knows no such place."""
        nodes = self.top(data)
        for step in path:
            data = child(data, step)
            nodes = self.below(nodes, step, data)
        return nodes

    def below(self, nodes: list[Node], step: str | int, value: Any) -> list[Node]:
        return [
            found
            for node in nodes
            for inner in _inner(node, step)
            for found in self.alternatives(inner, value)
        ]

    def alternatives(self, node: Node, value: Any) -> Iterator[Node]:
        """The plain shapes behind references and unions; only the one chosen where a key chooses."""
        if "$ref" in node:
            yield from self.alternatives(self.root["$defs"][node["$ref"].rpartition("/")[2]], value)
        elif "discriminator" in node:
            tag = child(value, node["discriminator"]["propertyName"])
            chosen = node["discriminator"]["mapping"].get(tag) if isinstance(tag, str) else None
            if chosen is None:
                yield {"type": "object"}
            else:
                yield from self.alternatives({"$ref": chosen}, value)
        else:
            branches = [branch for union in ("anyOf", "oneOf", "allOf") for branch in node.get(union, ())]
            for branch in branches:
                yield from self.alternatives(branch, value)
            if not branches:
                yield node


def child(value: Any, step: str | int) -> Any:
    """The value one step further in, or None."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def keys_of(nodes: list[Node]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for node in nodes for key in node.get("properties", ())))


def choices_of(nodes: list[Node]) -> tuple[str, ...]:
    """The values that may stand here, if they are a list of words or numbers."""
    found = [
        choice for node in nodes for choice in node.get("enum", [node["const"]] if "const" in node else [])
    ]
    return tuple(str(choice) for choice in found)


def _inner(node: Node, step: str | int) -> Iterator[Node]:
    if isinstance(step, int):
        ahead = node.get("prefixItems", [])
        found = ahead[step] if step < len(ahead) else node.get("items")
    else:
        found = node.get("properties", {}).get(step, node.get("additionalProperties"))
    if isinstance(found, dict):
        yield found
