"""The shape of a rule: it decides one kind of command on a case, at a time that it is told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.actor import Actor
from domain.case import Case, Decision
from domain.refusals import OnlyPeopleDecide

Rule = Callable[[Case, Any, Actor, datetime], Decision]
Rules = dict[type, Rule]


def by_people(rule: Rule) -> Rule:
    """The same rule, for people alone: whatever the engine is called, it may never do this."""

    def decided(case: Case, command: Any, by: Actor, now: datetime) -> Decision:
        if by.kind != "person":
            return OnlyPeopleDecide(
                "Only a named person may do this; the engine reminds and refers, and goes no further."
            )
        return rule(case, command, by, now)

    return decided
