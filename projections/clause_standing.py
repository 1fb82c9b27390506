"""Where each clause of a notice stands."""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.terms.clauses import Clause
from domain.terms.obligations import FixedDeadline, MaximumGapReview, Obligation, RecurringReport
from projections.casebook import Casebook
from projections.still_expected import still_expected
from projections.urgency import standing_in_words
from projections.words import body, capital

WORST_FIRST = (
    "critically overdue",
    "overdue",
    "deficient",
    "held without",
    "due soon",
    "suspended",
    "open",
    "submitted",
    "not open",
    "waived",
    "withdrawn",
    "accepted",
)
NO_DATES = "no dates of its own"


@dataclass(frozen=True, slots=True)
class ObligationStanding:
    """Where one obligation stands.

    `counts`: how many occurrences stand where, worst first, those not open yet included. `leads` is the
    worst one.

    `standing` is the worst of them; for an obligation that the engine does not date, it says so.
    """

    obligation: str
    title: str
    kind: str
    strength: str
    obligor: str
    standing: str
    counts: tuple[tuple[str, int], ...]
    leads: OccurrenceId | None


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """A clause in the instrument's own words, with what was made of it; no obligations where nothing was."""

    clause: str
    within: str | None
    heading: str | None
    by_editor: bool
    text: str
    strength: str
    obligor: str | None
    obligee: str | None
    standing: str | None
    obligations: tuple[ObligationStanding, ...]


def standing_of_clauses(casebook: Casebook, notice_id: str, now: datetime) -> tuple[ClauseStanding, ...]:
    """Every clause, in the order of the notice. Raises NotFound."""
    notice, cases = casebook.notice(notice_id), casebook.cases(notice_id)
    waiting = [each.obligation.id for each in still_expected(notice, casebook.occurrences(notice_id))]
    by_clause: dict[str, list[ObligationStanding]] = {}
    for obligation in notice.obligations:
        own = [case for case in cases if case.occurrence.facts.obligation == obligation.id]
        stands = _obligation(notice, obligation, own, waiting.count(obligation.id), now)
        by_clause.setdefault(obligation.clause, []).append(stands)
    return tuple(_clause(notice, clause, tuple(by_clause.get(clause.id, ()))) for clause in notice.clauses)


def _obligation(
    notice: Notice, obligation: Obligation, cases: list[Case], waiting: int, now: datetime
) -> ObligationStanding:
    stands = [(standing_in_words(case, now), case.occurrence.id) for case in cases]
    stands.sort(key=lambda pair: (WORST_FIRST.index(pair[0]), pair[1]))
    words = [each for each, _ in stands] + ["not open"] * waiting
    dated = isinstance(obligation, RecurringReport | MaximumGapReview | FixedDeadline)
    return ObligationStanding(
        obligation=obligation.id,
        title=obligation.title,
        kind=obligation.kind,
        strength=obligation.strength,
        obligor=capital(body(notice, obligation.obligor)),
        standing=_worst(words) if words else "not open" if dated else NO_DATES,
        counts=tuple((word, words.count(word)) for word in WORST_FIRST if word in words),
        leads=stands[0][1] if stands else None,
    )


def _clause(notice: Notice, clause: Clause, obligations: tuple[ObligationStanding, ...]) -> ClauseStanding:
    dated = [each.standing for each in obligations if each.standing != NO_DATES]
    return ClauseStanding(
        clause=clause.id,
        within=clause.within,
        heading=clause.heading,
        by_editor=clause.label == "editor",
        text=clause.text,
        strength=clause.strength,
        obligor=capital(body(notice, clause.obligor)) if clause.obligor else None,
        obligee=capital(body(notice, clause.obligee)) if clause.obligee else None,
        standing=_worst(dated) if dated else NO_DATES if obligations else None,
        obligations=obligations,
    )


def _worst(words: list[str]) -> str:
    return min(words, key=WORST_FIRST.index)
