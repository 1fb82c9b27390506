"""An event's words with commitments in the place of what is withheld, and back again.

Members of an object are replaced by their digests, sorted, under ``_sd``; an element of an array by ``{"...": digest}``
(RFC 9901, section 4.2.4).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.events.kinds import withholds
from domain.events.withheld import HIDDEN_ELEMENT, HIDDEN_MEMBERS, Member, Plan, is_hidden_element
from ledger.privacy.disclosure import (
    Disclosed,
    NewSalt,
    content_of,
    digest_of,
    disclosure_of,
    new_salt,
)

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Withheld:
    """One value kept out of the record. `person`: whose it is; None where it belongs to the event."""

    digest: str
    content: bytes
    person: str | None


def withhold(data: JsonObject, plan: Plan, salt: NewSalt = new_salt) -> tuple[JsonObject, list[Withheld]]:
    """The words as they stand in the record, and what was taken out of them. What was given is not changed."""
    taken: list[Withheld] = []
    return _without(data, plan, taken, salt), taken


def digests_in(value: Any) -> Iterator[str]:
    """Every commitment in an event's words."""
    if isinstance(value, dict):
        hidden = value.get(HIDDEN_MEMBERS)
        found = [*hidden] if isinstance(hidden, list) else []
        found += [value[HIDDEN_ELEMENT]] if is_hidden_element(value) else []
        yield from (each for each in found if isinstance(each, str))
        for item in value.values():
            yield from digests_in(item)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                yield from digests_in(item)


def _without(data: JsonObject, plan: Plan, taken: list[Withheld], salt: NewSalt) -> JsonObject:
    kept = dict(data)
    digests = [
        _commit(taken, salt, member.name, kept.pop(member.name), _person(data, member))
        for member in plan.members.values()
        if _is_withheld(data, member)
    ]
    if digests:
        kept[HIDDEN_MEMBERS] = sorted(digests)
    for name in plan.elements:
        if data.get(name):
            kept[name] = [{HIDDEN_ELEMENT: _commit(taken, salt, None, item, None)} for item in data[name]]
    for name, inner in plan.inside.items():
        if data.get(name):
            kept[name] = _without(data[name], inner, taken, salt)
    for name, inner in plan.each.items():
        if data.get(name):
            kept[name] = [_without(item, inner, taken, salt) for item in data[name]]
    return kept


def _is_withheld(data: JsonObject, member: Member) -> bool:
    if data.get(member.name) is None or (member.when is not None and not data.get(member.when)):
        return False
    return not member.corrects or withholds(data["topic"], data["field"])


def _commit(taken: list[Withheld], salt: NewSalt, name: str | None, value: Any, person: str | None) -> str:
    content = content_of(salt(), name, value)
    digest = digest_of(disclosure_of(content))
    taken.append(Withheld(digest, content, person))
    return digest


def _person(data: JsonObject, member: Member) -> str | None:
    found: Any = data
    for step in member.person:
        found = found.get(step) if isinstance(found, dict) else None
    return found if member.person and isinstance(found, str) else None


def told_by(contents: Iterable[Disclosed]) -> dict[str, Disclosed]:
    """Disclosures by the digest that each has by itself, whatever stands beside it."""
    return {each.digest: each for each in contents}
