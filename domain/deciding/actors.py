"""Who may act under a power, and who is told."""

from collections.abc import Iterable
from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.chasing.messages import receipt
from domain.events.chasing import Message
from domain.refusals import NotInYourRole
from domain.who import held_role, messages_to, titles, today


def acting_as(case: Case, by: Actor, roles: Iterable[str], to_do: str, now: datetime) -> str | NotInYourRole:
    """The role in which somebody acts, or why they may not. `to_do` ends the sentence `It is for … to …`."""
    roles = tuple(roles)
    held = held_role(case.notice, by, roles, now)
    if held is not None:
        return held
    name = case.notice.person_name(by.id)
    return NotInYourRole(
        f"It is for {titles(case.notice, roles)} to {to_do}; {name} does not act as that today."
    )


def the_body_concerned(case: Case) -> tuple[str, ...]:
    """The roles of the party to which the notice is given, which bears the consequence of a decision."""
    return case.notice.roles_in(case.notice.terms.recipient)


def back_to(case: Case, act: str, person: str, role: str, now: datetime) -> tuple[Message, ...]:
    """To whoever did something in a role; if they do not act in it any more, to those who do."""
    if person in case.notice.holders(role, today(case.notice, now)):
        return (receipt(case, act, person, role),)
    return messages_to(case, act, (role,), now)


def each_once(*messages: Message) -> tuple[Message, ...]:
    """Nobody is told twice of one act."""
    told: dict[str, Message] = {}
    for each in messages:
        told.setdefault(each.person, each)
    return tuple(told.values())
