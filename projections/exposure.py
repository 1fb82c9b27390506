"""Where a body is exposed under a notice: what it owes that is late or deficient, what of its plan is slow or stale, and which
step of the ladder is taken next, and when, if nobody does anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.notice.state import Notice
from domain.occurrence.standing import Standing, standing
from projections.casebook import Casebook
from projections.ladder_steps import next_climb
from projections.overdue import OverdueRow, overdue_row
from projections.plan_sheet import ObjectiveRow, plans
from projections.words import body, capital, occurrence_title, person_in_role


@dataclass(frozen=True, slots=True)
class DeficientRow:
    """A report that was returned. `reasons` are those of whoever returned it; `supplement_due_on`: when it has to be made good."""

    title: str
    clause: str
    occurrence: str
    returned_by: str
    reasons: str
    sections: tuple[str, ...]
    supplement_due_on: date


@dataclass(frozen=True, slots=True)
class NextRung:
    """The next step up the ladder of one thing, if nobody does anything by then. `is_late`: it is overdue already."""

    title: str
    occurrence: str
    clause: str
    due_on: date
    what: str
    at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Exposure:
    """One body under one notice. `rungs`: the soonest first."""

    party: str
    name: str
    late: tuple[OverdueRow, ...]
    deficient: tuple[DeficientRow, ...]
    slow: tuple[ObjectiveRow, ...]
    stale: tuple[ObjectiveRow, ...]
    rungs: tuple[NextRung, ...]

    @property
    def is_exposed(self) -> bool:
        return bool(self.late or self.deficient or self.slow or self.stale)


def exposure(book: Casebook, notice_id: str, party: str, now: datetime) -> Exposure:
    """Raises NotFound."""
    notice = book.notice(notice_id)
    cases = [case for case in book.cases(notice_id) if case.occurrence.facts.obligor == party]
    objectives = tuple(_objectives(book, notice, party, now))
    return Exposure(
        party=party,
        name=capital(body(notice, party)),
        late=tuple(
            overdue_row(case, now) for case in cases if standing(case.occurrence, now) is Standing.OVERDUE
        ),
        deficient=tuple(
            _deficient(case) for case in cases if standing(case.occurrence, now) is Standing.DEFICIENT
        ),
        slow=tuple(each for each in objectives if each.state == "slow"),
        stale=tuple(each for each in objectives if each.state == "stale" or each.also_stale),
        rungs=tuple(
            sorted(
                (rung for case in cases if (rung := _next_rung(case, now)) is not None),
                key=lambda each: (each.at, each.occurrence),
            )
        ),
    )


def bodies_of(notice: Notice, person: str, day: date) -> tuple[str, ...]:
    """The parties for which somebody acts on a day, in the notice's own order."""
    own = {notice.role(role).party for role in notice.roles_of(person, day)}
    return tuple(each.id for each in notice.parties if each.id in own)


def bodies_that_owe(notice: Notice) -> tuple[str, ...]:
    """The parties that owe something under a notice, in its own order."""
    owing = {each.obligor for each in notice.obligations}
    return tuple(each.id for each in notice.parties if each.id in owing)


def _objectives(book: Casebook, notice: Notice, party: str, now: datetime) -> Iterator[ObjectiveRow]:
    """Those of every plan that the body owes."""
    for sheet in plans(book, notice.terms.id, now):
        if book.case(sheet.occurrence).occurrence.facts.obligor == party:
            yield from sheet.objectives


def _deficient(case: Case) -> DeficientRow:
    facts, notice = case.occurrence.facts, case.notice
    returned = next(
        each.returned for each in reversed(case.occurrence.submissions) if each.returned is not None
    )
    titles = {section.id: section.title for section in facts.sections}
    return DeficientRow(
        title=occurrence_title(notice, facts),
        clause=facts.clause,
        occurrence=str(case.occurrence.id),
        returned_by=person_in_role(notice, returned.returned_by, returned.returned_as),
        reasons=returned.reasons,
        sections=tuple(titles.get(each, each) for each in returned.sections),
        supplement_due_on=returned.supplement_due_on,
    )


def _next_rung(case: Case, now: datetime) -> NextRung | None:
    """None for what is over, and where the ladder has no further step that falls on a day."""
    if case.occurrence.is_over:
        return None
    step = next_climb(case, now)
    if step is None or step.when is None:
        return None
    facts = case.occurrence.facts
    return NextRung(
        title=occurrence_title(case.notice, facts),
        occurrence=str(case.occurrence.id),
        clause=facts.clause,
        due_on=facts.due_on,
        what=step.what,
        at=step.when,
        is_late=standing(case.occurrence, now) is Standing.OVERDUE,
    )
