"""Does each obligation hang together with its ladder, its due rule and the obligations it leans on?"""

from collections.abc import Iterator

from domain.terms.checking.fault import Place, TermFault, circles, told_as_circle
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation

_CHASED = ("recurring-report", "maximum-gap-review", "fixed-deadline")
_HELD = ("maximum-gap-review", "on-demand")
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
}


def obligation_faults(notice: NoticeFile) -> Iterator[TermFault]:
    ladders = {ladder.id: ladder for ladder in notice.ladders}
    parties = {role.id: role.party for role in notice.roles}
    kinds = {obligation.id: obligation.kind for obligation in notice.obligations}
    for at, obligation in enumerate(notice.obligations):
        place: Place = ("obligations", at)
        yield from _ladder_faults(obligation, ladders, place)
        yield from _rule_faults(obligation, place)
        yield from _hiding_faults(obligation, ladders, parties, place)
        event = getattr(obligation, "event", None)
        if event in kinds and kinds[event] not in _HELD:
            yield TermFault(
                (*place, "event"), f"“{event}” is not something that is held: it is a {kinds[event]}."
            )


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
    """Whether the obligation has a due rule that gives a day for its kind."""
    return getattr(getattr(obligation, "due", None), "rule", None) in _RULES.get(obligation.kind, ())


def _ladder_faults(obligation: Obligation, ladders: dict[str, Ladder], place: Place) -> Iterator[TermFault]:
    if obligation.ladder is None:
        if obligation.kind in _CHASED:
            yield TermFault(
                place, f"“{obligation.id}” falls due and nobody is chased for it; name its “ladder”."
            )
        return
    ladder, here = ladders.get(obligation.ladder), (*place, "ladder")
    if ladder is None:
        return
    if ladder.track != obligation.obligor:
        sentence = (
            f"The ladder “{ladder.id}” is on the track of “{ladder.track}”, but this is owed by "
            f"“{obligation.obligor}”; nobody is chased for what another owes."
        )
        yield TermFault(here, sentence)
    if obligation.strength != "must" and any(rung.do == "refer" for rung in ladder.rungs):
        sentence = (
            f"The ladder “{ladder.id}” refers for consideration, which only a “must” can lead to; the "
            f"strength here is “{obligation.strength}”."
        )
        yield TermFault(here, sentence)


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
    ladder = ladders.get(obligation.ladder or "")
    told = {parties.get(role) for rung in (ladder.rungs if ladder else ()) for role in rung.to}
    for n, party in enumerate(obligation.hidden_from):
        here = (*place, "hidden_from", n)
        if party in (obligation.obligor, obligation.obligee):
            yield TermFault(here, f"It is owed by or to “{party}”, so it cannot be hidden from it.")
        elif party in told:
            yield TermFault(here, f"The ladder “{obligation.ladder}” tells people of “{party}” about it.")


def _leaning(obligation: Obligation) -> Iterator[tuple[str, str]]:
    for key in ("event", "of"):
        to = getattr(obligation, key, None)
        if to is not None:
            yield key, to
