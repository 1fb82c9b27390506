"""Which values of an event are personal or free text, and so are kept out of the hashed record.

A path is written ``reason``, ``header.signature.name`` or ``sections[].text`` (in each of them); ``reviewers[]`` are the
elements themselves. ``name@person`` says whose the value is, by the field beside it that holds their identifier; without
it the value belongs to the event. ``title?about`` is withheld only where the field after the question mark holds something, and ``now!`` only where the field
that a correction names is itself withheld: days and codes drive the rules, and must not be lost with an erasure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

ERASED = "[erased]"
KEPT_APART = "[kept apart]"
HIDDEN_MEMBERS = "_sd"
HIDDEN_ELEMENT = "..."
_SIGNS = (b'"_sd":[', b'{"...":"')


class Disclosed(Protocol):
    """What is disclosed of a commitment. `name` is None for an element of an array."""

    @property
    def name(self) -> str | None: ...

    @property
    def value(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A field that is withheld. `person`: the steps to the identifier of whose it is. `when`: only if this holds something.

    `corrects`: only if the field that the event corrects is withheld.
    """

    name: str
    person: tuple[str, ...] = ()
    when: str | None = None
    corrects: bool = False


@dataclass(slots=True)
class Plan:
    """What is withheld of one object: members of its own, elements of its arrays, and what lies deeper."""

    members: dict[str, Member] = field(default_factory=dict)
    elements: set[str] = field(default_factory=set)
    inside: dict[str, "Plan"] = field(default_factory=dict)
    each: dict[str, "Plan"] = field(default_factory=dict)


def plan_of(paths: Iterable[str]) -> Plan:
    """The paths as a tree that is walked together with an event."""
    plan = Plan()
    for path in paths:
        _add(plan, path)
    return plan


def bare(path: str) -> str:
    """The path alone, without whose it is and when."""
    return path.partition("@")[0].partition("?")[0].removesuffix("!")


def _add(plan: Plan, path: str) -> None:
    where, _, person = path.partition("@")
    where, _, when = where.partition("?")
    *steps, last = where.split(".")
    for step in steps:
        branches = plan.each if step.endswith("[]") else plan.inside
        plan = branches.setdefault(step.removesuffix("[]"), Plan())
    if last.endswith("[]"):
        plan.elements.add(last.removesuffix("[]"))
    else:
        name = last.removesuffix("!")
        plan.members[name] = Member(
            name, tuple(person.split(".")) if person else (), when or None, last.endswith("!")
        )


def may_hold_commitments(stored: bytes) -> bool:
    """A quick look at stored bytes: without one of these there is certainly none."""
    return _SIGNS[0] in stored or _SIGNS[1] in stored


def is_hidden_element(value: Any) -> bool:
    """Whether it stands for an element of an array that is withheld."""
    return isinstance(value, dict) and len(value) == 1 and HIDDEN_ELEMENT in value


def restored(
    data: dict[str, Any], disclosed: Mapping[str, Disclosed], plan: Plan | None, otherwise: str = ERASED
) -> dict[str, Any]:
    """An event's stored words whole again; `otherwise` where nothing is disclosed. What was given is changed."""
    _restore(data, disclosed, plan or _NOTHING, otherwise)
    return data


_NOTHING = Plan()


def _restore(value: Any, disclosed: Mapping[str, Disclosed], plan: Plan, otherwise: str) -> None:
    if isinstance(value, dict):
        _restore_members(value, disclosed, plan, otherwise)
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                _restore(item, disclosed, plan.inside.get(name) or plan.each.get(name) or _NOTHING, otherwise)
        return
    for place, item in enumerate(value):
        if is_hidden_element(item):
            found = disclosed.get(item[HIDDEN_ELEMENT])
            value[place] = otherwise if found is None else found.value
        elif isinstance(item, (dict, list)):
            _restore(item, disclosed, plan, otherwise)


def _restore_members(
    value: dict[str, Any], disclosed: Mapping[str, Disclosed], plan: Plan, otherwise: str
) -> None:
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
        value.update(dict.fromkeys(missing[:lost], otherwise))
    # The digests stand in an order of chance; what is read keeps the order of what is stored.
    in_order = sorted(value.items())
    value.clear()
    value.update(in_order)
