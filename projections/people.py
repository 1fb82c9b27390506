"""Who acts under a notice: each role with its holders on a day, who stands in for them, and what does not go together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.notice.state import Notice
from projections.words import joined, person_name, role_title


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role. `stand_ins`: who acts for whom; `conflicts`: sentences; `vacant`: nobody is appointed that day."""

    role: str
    title: str
    party: str
    holders: tuple[str, ...]
    stand_ins: tuple[str, ...]
    conflicts: tuple[str, ...]
    vacant: bool


def people(notice: Notice, day: date) -> tuple[RoleRow, ...]:
    """Every role, in the notice's own order."""
    return tuple(_row(notice, role.id, day) for role in notice.roles)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a role. `until` is the last day, if it has one; `is_to_come`: not before `since`."""

    role: str
    person: str
    name: str
    since: date
    until: date | None
    is_to_come: bool


def holdings(notice: Notice, role: str, day: date) -> tuple[Holding, ...]:
    """Who holds a role on a day or will after it, the first first."""
    found = [
        Holding(role, each.person, person_name(notice, each.person), each.since, each.until, each.since > day)
        for each in notice.appointments
        if each.role == role and (each.until is None or each.until >= day)
    ]
    return tuple(sorted(found, key=lambda each: each.since))


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody stands in for somebody else in one role, both days included."""

    role: str
    holder: str
    stand_in: str
    since: date
    until: date
    reason: str


def absences(notice: Notice, day: date) -> tuple[Absence, ...]:
    """Those of that day and after it, the first first."""
    found = [
        Absence(
            role_title(notice, each.role),
            person_name(notice, each.holder),
            person_name(notice, each.to),
            each.since,
            each.until,
            each.reason,
        )
        for each in notice.delegations
        if each.until >= day
    ]
    return tuple(sorted(found, key=lambda each: each.since))


def _row(notice: Notice, role: str, day: date) -> RoleRow:
    appointed = notice.appointed(role, day)
    return RoleRow(
        role=role,
        title=role_title(notice, role),
        party=notice.party_name(notice.role(role).party),
        holders=tuple(person_name(notice, each) for each in appointed),
        stand_ins=tuple(_stand_ins(notice, role, appointed, day)),
        conflicts=tuple(_conflicts(notice, role, day)),
        vacant=not appointed,
    )


def _stand_ins(notice: Notice, role: str, appointed: tuple[str, ...], day: date) -> Iterator[str]:
    for holder in appointed:
        stand_in = notice.stand_in(role, holder, day)
        if stand_in is not None:
            yield f"{person_name(notice, stand_in)} acts for {person_name(notice, holder)}."


def _conflicts(notice: Notice, role: str, day: date) -> Iterator[str]:
    """Everybody who acts in this role, and on the same day in one that does not go with it."""
    against = {each.id for each in notice.roles if role in each.conflicts_with} | set(
        notice.role(role).conflicts_with
    )
    for person in notice.holders(role, day):
        clashing = [role_title(notice, each) for each in notice.roles_of(person, day) if each in against]
        if clashing:
            yield f"{person_name(notice, person)} is also {joined(clashing)}; one person should not be both."
