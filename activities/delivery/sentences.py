"""Dates, people and bodies as a letter names them."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.notice.state import Notice
from domain.time.words import plain_date
from domain.time.zones import local_date, to_local

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """`Tuesday 14 June 2016`, whatever the locale of the machine."""
    return f"{_WEEKDAYS[day.weekday()]} {plain_date(day)}"


def moment(instant: datetime, zone: str) -> str:
    """`Tuesday 14 June 2016 at 09:00`, in local time."""
    return f"{long_date(local_date(instant, zone))} at {to_local(instant, zone):%H:%M}"


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def person_in_role(notice: Notice, person: str, role: str) -> str:
    """`Helen Marsh (Director of children’s services)`."""
    return f"{notice.names.get(person, person)} ({notice.role(role).title})"


def holders(notice: Notice, roles: Sequence[str], day: date, reader: str) -> str:
    """Who holds the roles on a day, with the letter’s reader as “you”; a vacant role is named as vacant."""
    named: dict[str, str] = {}
    for role in roles:
        people = notice.holders(role, day)
        for person in people:
            named.setdefault(person, "you" if person == reader else person_in_role(notice, person, role))
        if not people:
            named[f"vacant {role}"] = f"the {notice.role(role).title} (nobody holds this role at present)"
    return joined(sorted(named.values(), key=lambda name: name != "you"))


def body_name(notice: Notice, party: str) -> str:
    """The party's name within a sentence: `the improvement board`, `Department for Education`."""
    name = notice.party_name(party)
    return name[0].lower() + name[1:] if name.startswith("The ") else name


def office(notice: Notice, role_id: str) -> str:
    """The role with its body, unless the role's title says it already."""
    role = notice.role(role_id)
    party = body_name(notice, role.party)
    bare = party.removeprefix("the ")
    if bare.lower().startswith(role.title.lower()) or role.title.lower().endswith(bare.lower()):
        return role.title
    return f"{role.title} ({party})"
