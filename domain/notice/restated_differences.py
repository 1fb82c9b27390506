"""How one wording of a notice differs from another: what is owed, and by when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.identity import OccurrenceId
from domain.notice.schedule import expected
from domain.notice.state import Notice
from domain.terms.obligations import Obligation

_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_BOTH = ("clauses", "roles", "parties", "ladders", "interpretations", "appointments")


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that is not the same in both, or is there in one of them only. `occurrence`: obligation/period; the
    obligation alone where it is owed once, by a day."""

    occurrence: str
    title: str
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True)
class Differences:
    """`changed`: obligations in both, with the names of the terms that differ. `parts`: other parts that differ."""

    added: tuple[Obligation, ...]
    gone: tuple[Obligation, ...]
    changed: tuple[tuple[Obligation, tuple[str, ...]], ...]
    moved: tuple[Moved, ...]
    parts: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.gone or self.changed or self.moved or self.parts)


def differences(before: Notice, after: Notice) -> Differences:
    """Of two notices as they stand, whether or not either was issued."""
    was, now = _owed(before), _owed(after)
    return Differences(
        added=tuple(each for name, each in now.items() if name not in was),
        gone=tuple(each for name, each in was.items() if name not in now),
        changed=tuple(
            (each, _terms_that_differ(was[name], each))
            for name, each in now.items()
            if name in was and was[name] != each
        ),
        moved=_moved(before, after),
        parts=tuple(part for part in _OF_BOTH if set(getattr(before, part)) != set(getattr(after, part)))
        + (("the instrument itself",) if before.terms != after.terms else ()),
    )


def _owed(notice: Notice) -> Mapping[str, Obligation]:
    return {each.id: each for each in notice.owed}


def _terms_that_differ(before: Obligation, after: Obligation) -> tuple[str, ...]:
    names = dict.fromkeys((*type(before).model_fields, *type(after).model_fields))
    return tuple(name for name in names if getattr(before, name, None) != getattr(after, name, None))


def _moved(before: Notice, after: Notice) -> tuple[Moved, ...]:
    was, now = _days(before), _days(after)
    moved = [
        Moved(name, (now.get(name) or was[name])[0], _day(was, name), _day(now, name))
        for name in dict.fromkeys((*was, *now))
        if _day(was, name) != _day(now, name)
    ]
    return tuple(sorted(moved, key=lambda each: (each.now or each.was or date.min, each.occurrence)))


def _days(notice: Notice) -> Mapping[str, tuple[str, date]]:
    return {_name(each.id): (each.title, each.due_on) for each in expected(notice)}


def _name(occurrence: OccurrenceId) -> str:
    """What is owed once is called by its day, and is the same thing on another one."""
    if _A_DAY.fullmatch(occurrence.period):
        return occurrence.obligation
    return f"{occurrence.obligation}/{occurrence.period}"


def _day(days: Mapping[str, tuple[str, date]], name: str) -> date | None:
    return days[name][1] if name in days else None
