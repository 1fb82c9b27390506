"""Does every name that is used exist, and only once?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.terms.checking.fault import Place, TermFault, unknown
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import FollowOn, Obligation, Section


class _Named(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Use:
    """A name used at a place; `what` is the kind of thing that it has to be."""

    what: str
    name: str | None
    place: Place


def duplicate_faults(notice: NoticeFile) -> Iterator[TermFault]:
    lists: list[tuple[str, Place, Sequence[_Named]]] = [
        ("party", ("parties",), notice.parties),
        ("role", ("roles",), notice.roles),
        ("person", ("people",), notice.people),
        ("clause", ("clauses",), notice.clauses),
        ("interpretation", ("interpretations",), notice.interpretations),
        ("ladder", ("ladders",), notice.ladders),
        ("obligation", ("obligations",), notice.obligations),
        *(("rung", ("ladders", at, "rungs"), ladder.rungs) for at, ladder in enumerate(notice.ladders)),
    ]
    for at, obligation in enumerate(notice.obligations):
        key, sections = _sections(obligation)
        lists.append(("part", ("obligations", at, key), sections))
    for what, place, things in lists:
        yield from _duplicates(what, place, things)


def reference_faults(notice: NoticeFile) -> Iterator[TermFault]:
    known = {
        "party": [party.id for party in notice.parties],
        "role": [role.id for role in notice.roles],
        "person": [person.id for person in notice.people],
        "clause": [clause.id for clause in notice.clauses],
        "ladder": [ladder.id for ladder in notice.ladders],
        "obligation": [obligation.id for obligation in notice.obligations],
    }
    exists = {(what, name) for what, names in known.items() for name in names}
    for use in _uses(notice):
        if use.name is not None and (use.what, use.name) not in exists:
            yield TermFault(use.place, unknown(use.what, use.name, known[use.what]))


def conflict_faults(notice: NoticeFile) -> Iterator[TermFault]:
    for at, role in enumerate(notice.roles):
        if role.id in role.conflicts_with:
            yield TermFault(
                ("roles", at, "conflicts_with"), f"The role “{role.id}” cannot conflict with itself."
            )


def _duplicates(what: str, place: Place, things: Sequence[_Named]) -> Iterator[TermFault]:
    seen: set[str] = set()
    for at, thing in enumerate(things):
        if thing.id in seen:
            yield TermFault((*place, at, "id"), f"There is another {what} called “{thing.id}” above.")
        seen.add(thing.id)


def _uses(notice: NoticeFile) -> Iterator[_Use]:
    yield _Use("party", notice.notice.issuer, ("notice", "issuer"))
    yield _Use("party", notice.notice.recipient, ("notice", "recipient"))
    yield _Use("role", notice.notice.kept_by, ("notice", "kept_by"))
    for at, role in enumerate(notice.roles):
        yield _Use("party", role.party, ("roles", at, "party"))
        for n, other in enumerate(role.conflicts_with):
            yield _Use("role", other, ("roles", at, "conflicts_with", n))
    for at, appointment in enumerate(notice.appointments):
        yield _Use("role", appointment.role, ("appointments", at, "role"))
        yield _Use("person", appointment.person, ("appointments", at, "person"))
    for at, clause in enumerate(notice.clauses):
        yield _Use("clause", clause.within, ("clauses", at, "within"))
        yield _Use("party", clause.obligor, ("clauses", at, "obligor"))
        yield _Use("party", clause.obligee, ("clauses", at, "obligee"))
    yield from _uses_in_interpretations(notice)
    yield from _uses_in_ladders(notice)
    for at, obligation in enumerate(notice.obligations):
        yield from _uses_in_obligation(obligation, ("obligations", at))


def _uses_in_interpretations(notice: NoticeFile) -> Iterator[_Use]:
    for at, reading in enumerate(notice.interpretations):
        place: Place = ("interpretations", at)
        yield _Use("clause", reading.clause, (*place, "clause"))
        yield _Use("role", reading.ruled_by, (*place, "ruled_by"))
        for n, obligation in enumerate(reading.affects):
            yield _Use("obligation", obligation, (*place, "affects", n))


def _uses_in_ladders(notice: NoticeFile) -> Iterator[_Use]:
    for at, ladder in enumerate(notice.ladders):
        yield _Use("party", ladder.track, ("ladders", at, "track"))
        for r, rung in enumerate(ladder.rungs):
            for n, role in enumerate(rung.to):
                yield _Use("role", role, ("ladders", at, "rungs", r, "to", n))


_ONE_NAME = {
    "clause": ("clause",),
    "role": ("assignee", "accepted_by", "excused_by", "agreed_by", "decided_as"),
    "party": ("obligor", "obligee", "consequence", "demanded_by", "decided_by"),
    "ladder": ("ladder",),
    "obligation": ("event", "of", "over"),
}
_SEVERAL_NAMES = {
    "role": ("maintains", "tells", "considered_by", "signatories", "concerns_from"),
    "party": ("hidden_from",),
}
_FOLLOW_ONS = ("supplemental", "repair")


def _uses_in_obligation(obligation: Obligation, place: Place) -> Iterator[_Use]:
    for what, keys in _ONE_NAME.items():
        for key in keys:
            yield _Use(what, getattr(obligation, key, None), (*place, key))
    for what, keys in _SEVERAL_NAMES.items():
        for key in keys:
            for n, name in enumerate(getattr(obligation, key, ())):
                yield _Use(what, name, (*place, key, n))
    for key in _FOLLOW_ONS:
        follow_on: FollowOn | None = getattr(obligation, key, None)
        if follow_on is not None:
            yield _Use("ladder", follow_on.ladder, (*place, key, "ladder"))
    key, sections = _sections(obligation)
    for n, section in enumerate(sections):
        yield _Use("clause", section.clause, (*place, key, n, "clause"))


def _sections(obligation: Obligation) -> tuple[str, tuple[Section, ...]]:
    """The parts of a document, or the items of a bundle, with the key under which they stand."""
    for key in ("sections", "items"):
        found: tuple[Section, ...] = getattr(obligation, key, ())
        if found:
            return key, found
    return "sections", ()
