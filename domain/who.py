"""Who acts, in which role, and how people and days are named in a sentence."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.actor import Actor
from domain.case import Case
from domain.events.chasing import Message
from domain.notice.state import Notice
from domain.time.words import plain_date
from domain.time.zones import local_date, to_local


def today(notice: Notice, now: datetime) -> date:
    return local_date(now, notice.terms.zone)


def held_role(notice: Notice, by: Actor, roles: Iterable[str], now: datetime) -> str | None:
    """The first of these roles in which the actor may act today, or None."""
    held = notice.roles_of(by.id, today(notice, now))
    return next((role for role in roles if role in held), None)


def obligor_roles(case: Case) -> tuple[str, ...]:
    """The role that does the work, and all others of the body that owes it."""
    facts = case.occurrence.facts
    return tuple(dict.fromkeys((facts.assignee, *case.notice.roles_in(facts.obligor))))


def on_behalf_of(notice: Notice, by: Actor, role: str, now: datetime) -> str | None:
    """For whom the actor acts in a role, if it is not their own."""
    return notice.stands_in_for(by.id, role, today(notice, now))


def messages_to(
    case: Case, act: str, roles: Iterable[str], now: datetime, *, but: Iterable[str] = ()
) -> tuple[Message, ...]:
    """One message for each person who acts in one of the roles today. `act` tells it from other acts on the occurrence."""
    told: dict[str, Message] = {}
    for role in roles:
        for person in case.notice.holders(role, today(case.notice, now)):
            if person not in but:
                told.setdefault(person, Message(f"{case.occurrence.id}:{act}:{person}", person, role))
    return tuple(told.values())


def titles(notice: Notice, roles: Iterable[str]) -> str:
    """`Case lead for the notice or Adviser`."""
    return " or ".join(notice.role(role).title for role in roles) or "nobody"


def day_words(notice: Notice, instant: datetime) -> str:
    return plain_date(today(notice, instant))


def moment_words(notice: Notice, instant: datetime) -> str:
    return f"{day_words(notice, instant)} at {to_local(instant, notice.terms.zone):%H:%M}"
