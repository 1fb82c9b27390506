"""Passages that are kept out of an export: which, under which exemption, and what stands in their place.

A passage can be kept out only where the record holds a commitment to it (RFC 9901): then the export verifies without it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import orjson

from domain.record import Recorded

_MEMBERS, _ELEMENT = "_sd", "..."


class NothingToWithhold(ValueError):
    """The schedule names a passage that cannot be kept out; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A value that belongs to a commitment in event `index`: base64url of ``[salt, name, value]`` or ``[salt, value]``."""

    index: int
    disclosure: str

    @property
    def digest(self) -> str:
        return _base64url(sha256(self.disclosure.encode("ascii")).digest())

    @property
    def name(self) -> str | None:
        """Of the member that it discloses; None for an element of an array."""
        content = orjson.loads(urlsafe_b64decode(self.disclosure + "=" * (-len(self.disclosure) % 4)))
        return content[1] if len(content) == 3 else None

    def line(self) -> dict[str, Any]:
        return {"index": self.index, "disclosure": self.disclosure}


@dataclass(frozen=True, slots=True)
class Exemption:
    """What is to be kept out: all that event `event` commits to, or one field of it; under which exemption, and why."""

    event: int
    exemption: str
    why: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    index: int
    digest: str
    exemption: str
    why: str
    name: str | None = None

    def line(self) -> dict[str, Any]:
        return {"index": self.index, "digest": self.digest, "exemption": self.exemption, "why": self.why}


def divide(
    disclosures: Iterable[Disclosure], schedule: Sequence[Exemption]
) -> tuple[list[Disclosure], list[Withheld]]:
    """Those that go out, and those that are withheld. Raises NothingToWithhold where a line of the schedule fits nothing."""
    kept: list[Disclosure] = []
    withheld: list[Withheld] = []
    used: set[Exemption] = set()
    for each in disclosures:
        found = next((line for line in schedule if _fits(line, each)), None)
        if found is None:
            kept.append(each)
        else:
            used.add(found)
            withheld.append(Withheld(each.index, each.digest, found.exemption, found.why, each.name))
    unused = next((line for line in schedule if line not in used), None)
    if unused is not None:
        what = f"“{unused.field}” of event {unused.event}" if unused.field else f"event {unused.event}"
        raise NothingToWithhold(
            f"The record keeps nothing of {what} apart, so nothing of it can be withheld."
        )
    return kept, withheld


def without(event: Recorded, withheld: Iterable[Withheld]) -> Recorded:
    """The event as it reads where these passages are kept out: the exemption stands in the place of each."""
    marks = {each.digest: (each.name, f"[withheld: {each.exemption}]") for each in withheld}
    if not marks:
        return event
    said = deepcopy(event.envelope.data)
    _mark(orjson.loads(event.canonical)["data"], said, marks)
    return replace(event, envelope=replace(event.envelope, data=said))


def _mark(committed: Any, said: Any, marks: Mapping[str, tuple[str | None, str]]) -> None:
    """Walk through what is committed and what is said side by side."""
    if isinstance(committed, dict) and isinstance(said, dict):
        for digest in committed.get(_MEMBERS, ()):
            name, mark = marks.get(digest, (None, ""))
            if name is not None:
                said[name] = mark
        for name, value in committed.items():
            if name in said and name != _MEMBERS:
                _mark(value, said[name], marks)
    elif isinstance(committed, list) and isinstance(said, list):
        for place, value in enumerate(committed):
            if isinstance(value, dict) and value.keys() == {_ELEMENT}:
                said[place] = marks.get(value[_ELEMENT], (None, said[place]))[1]
            else:
                _mark(value, said[place], marks)


def _fits(line: Exemption, each: Disclosure) -> bool:
    return line.event == each.index and line.field in (None, each.name)


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
