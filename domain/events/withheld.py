"""Which values of an event are personal or free text, and so are kept out of the hashed record.

A path is written ``reason``, ``header.signature.name`` or ``sections[].text`` (in each of them); ``reviewers[]`` are the
elements themselves. ``name@person`` says whose the value is, by the field beside it that holds their identifier; without
it the value belongs to the event. ``title?about`` is withheld only where the field after the question mark holds something.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

ERASED = "[erased]"


@dataclass(frozen=True, slots=True)
class Member:
    """A field that is withheld. `person`: the steps to the identifier of whose it is. `when`: only if this holds something."""

    name: str
    person: tuple[str, ...] = ()
    when: str | None = None


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
    return path.partition("@")[0].partition("?")[0]


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
        plan.members[last] = Member(last, tuple(person.split(".")) if person else (), when or None)
