"""Does each obligation hang together with its clause, its due rule and the obligations it leans on?"""

from collections.abc import Iterator

from domain.terms.checking.chasing import ladder_uses
from domain.terms.checking.fault import Place, TermFault, circles, told_as_circle
from domain.terms.clauses import Clause
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.values import Strength

_BINDING: tuple[Strength, ...] = ("may", "should", "must")
_AFTER_PERIOD = (
    "nth-working-day-of-next-month",
    "working-days-after-period",
    "days-after-period",
    "period-end",
)
_RULES = {
    "recurring-report": _AFTER_PERIOD,
    "maximum-gap-review": ("months-after",),
    "fixed-deadline": ("fixed-date",),
    "before-event": ("before-event",),
    "after-event": ("after-event",),
}


def obligation_faults(notice: NoticeFile) -> Iterator[TermFault]:
    clauses = {clause.id: clause for clause in notice.clauses}
    ladders = {ladder.id: ladder for ladder in notice.ladders}
    parties = {role.id: role.party for role in notice.roles}
    for at, obligation in enumerate(notice.obligations):
        place: Place = ("obligations", at)
        yield from _strength_faults(obligation, clauses, place)
        yield from _rule_faults(obligation, place)
        yield from _hiding_faults(obligation, ladders, parties, place)


def circle_faults(notice: NoticeFile) -> Iterator[TermFault]:
    clauses = {clause.id: clause.within for clause in notice.clauses if clause.within}
    ids = [clause.id for clause in notice.clauses]
    for circle in circles(clauses):
        sentence = f"These clauses stand within each other in a circle: {told_as_circle(circle)}."
        yield TermFault(("clauses", ids.index(circle[0]), "within"), sentence)
    leans = {each.id: (key, to) for each in notice.obligations for key, to in _leaning(each)}
    ids = [obligation.id for obligation in notice.obligations]
    for circle in circles({name: to for name, (_, to) in leans.items()}):
        sentence = f"These obligations lean on each other in a circle: {told_as_circle(circle)}."
        yield TermFault(("obligations", ids.index(circle[0]), leans[circle[0]][0]), sentence)


def clause_faults(notice: NoticeFile) -> Iterator[TermFault]:
    for at, clause in enumerate(notice.clauses):
        if not any(character.isalnum() for character in clause.text):
            yield TermFault(("clauses", at, "text"), f"The text of clause {clause.id} has no words.")


def rule_fits(obligation: Obligation) -> bool:
    """Whether its due rule gives a day for its kind; a kind that has none fits as it is."""
    due = getattr(obligation, "due", None)
    return due is None or due.rule in _RULES[obligation.kind]


def _strength_faults(obligation: Obligation, clauses: dict[str, Clause], place: Place) -> Iterator[TermFault]:
    """What the instrument only expects or allows is not made binding by its file."""
    clause = clauses.get(obligation.clause)
    if clause is None or clause.strength == "none" or obligation.strength == "none":
        return
    if _BINDING.index(obligation.strength) > _BINDING.index(clause.strength):
        sentence = (
            f"Clause {clause.id} says “{clause.strength}”, so what is owed under it cannot be a "
            f"“{obligation.strength}”."
        )
        yield TermFault((*place, "strength"), sentence)


def _rule_faults(obligation: Obligation, place: Place) -> Iterator[TermFault]:
    due = getattr(obligation, "due", None)
    if due is not None and not rule_fits(obligation):
        fitting = ", ".join(_RULES[obligation.kind])
        sentence = (
            f"The due rule “{due.rule}” does not fit a {obligation.kind}; the rules for it are {fitting}."
        )
        yield TermFault((*place, "due", "rule"), sentence)


def _hiding_faults(
    obligation: Obligation, ladders: dict[str, Ladder], parties: dict[str, str], place: Place
) -> Iterator[TermFault]:
    """Whoever owes it, is owed it or is told of it cannot be kept from seeing it."""
    used = [ladders[use.name] for use in ladder_uses(obligation) if use.name in ladders]
    told = {parties.get(role): ladder.id for ladder in used for rung in ladder.rungs for role in rung.to}
    for n, party in enumerate(obligation.hidden_from):
        here = (*place, "hidden_from", n)
        if party in (obligation.obligor, obligation.obligee):
            yield TermFault(here, f"It is owed by or to “{party}”, so it cannot be hidden from it.")
        elif party in told:
            yield TermFault(here, f"The ladder “{told[party]}” tells people of “{party}” about it.")


def _leaning(obligation: Obligation) -> Iterator[tuple[str, str]]:
    for key in ("event", "of"):
        to = getattr(obligation, key, None)
        if to is not None:
            yield key, to
