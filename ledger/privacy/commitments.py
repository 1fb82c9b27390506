"""An event's words with commitments in the place of what is withheld, and back again.

Members of an object are replaced by their digests, sorted, under ``_sd``; an element of an array by ``{"...": digest}``
(RFC 9901, section 4.2.4).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.events.kinds import BY_TOPIC
from domain.events.withheld import ERASED, Member, Plan, plan_of
from ledger.privacy.disclosure import (
    HIDDEN_ELEMENT,
    HIDDEN_MEMBERS,
    Disclosed,
    NewSalt,
    content_of,
    digest_of,
    disclosure_of,
    new_salt,
)

JsonObject = dict[str, Any]
_SIGNS = (b'"_sd":[', b'{"...":"')
_NOTHING = Plan()


@dataclass(frozen=True, slots=True)
class Withheld:
    """One value kept out of the record. `person`: whose it is; None where it belongs to the event."""

    digest: str
    content: bytes
    person: str | None


@cache
def plan_for(topic: str) -> Plan | None:
    """What a kind of event withholds; None where it withholds nothing, or is not one of ours."""
    kind = BY_TOPIC.get(topic)
    return plan_of(kind.withheld) if kind and kind.withheld else None


def may_hold_commitments(canonical: bytes) -> bool:
    """A quick look: without one of these there is certainly none."""
    return _SIGNS[0] in canonical or _SIGNS[1] in canonical


def withhold(data: JsonObject, plan: Plan, salt: NewSalt = new_salt) -> tuple[JsonObject, list[Withheld]]:
    """The words as they stand in the record, and what was taken out of them. What was given is not changed."""
    taken: list[Withheld] = []
    return _without(data, plan, taken, salt), taken


def restored(data: JsonObject, disclosed: Mapping[str, Disclosed], plan: Plan | None) -> JsonObject:
    """The words whole again, with ``[erased]`` where nothing is disclosed. What was given is changed."""
    _restore(data, disclosed, plan or _NOTHING)
    return data


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


def is_hidden_element(value: Any) -> bool:
    """Whether it stands for an element of an array that is withheld."""
    return isinstance(value, dict) and len(value) == 1 and HIDDEN_ELEMENT in value


def _without(data: JsonObject, plan: Plan, taken: list[Withheld], salt: NewSalt) -> JsonObject:
    kept = dict(data)
    digests = [
        _commit(taken, salt, member.name, kept.pop(member.name), _person(data, member))
        for member in plan.members.values()
        if data.get(member.name) is not None and (member.when is None or data.get(member.when))
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


def _restore(value: Any, disclosed: Mapping[str, Disclosed], plan: Plan) -> None:
    if isinstance(value, dict):
        _restore_members(value, disclosed, plan)
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                _restore(item, disclosed, plan.inside.get(name) or plan.each.get(name) or _NOTHING)
    else:
        for place, item in enumerate(value):
            if is_hidden_element(item):
                found = disclosed.get(item[HIDDEN_ELEMENT])
                value[place] = ERASED if found is None else found.value
            elif isinstance(item, (dict, list)):
                _restore(item, disclosed, plan)


def _restore_members(value: JsonObject, disclosed: Mapping[str, Disclosed], plan: Plan) -> None:
    digests = value.pop(HIDDEN_MEMBERS, None)
    if digests is None:
        return
    lost = 0
    for digest in digests:
        found = disclosed.get(digest)
        if found is None or found.name is None or found.name in value:
            lost += 1
        else:
            value[found.name] = found.value
    if lost:
        missing = [name for name in plan.members if name not in value]
        value.update(dict.fromkeys(missing[:lost], ERASED))


def told_by(contents: Iterable[Disclosed]) -> dict[str, Disclosed]:
    """Disclosures by the digest that each has by itself, whatever stands beside it."""
    return {each.digest: each for each in contents}
