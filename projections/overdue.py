"""What is overdue now, and whose it is: one track for each obligor; nobody bears another's lateness."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.standing import Standing, standing
from domain.occurrence.state import RungStanding
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.ladder_steps import LadderStep, next_climb
from projections.next_step import NextStep, next_step
from projections.still_expected import still_expected
from projections.urgency import Urgency, urgency_of
from projections.words import body, capital, expected_title, holders_in_words, occurrence_title


@dataclass(frozen=True, slots=True)
class HighestRung:
    """The step furthest up that was taken. `whom`: names with roles, as told at that time."""

    rung: str
    do: str
    at: datetime
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """Something overdue.

    `working_days`: how many have passed since the due day; 0 until the next working day has come. `next_rung`
    is the next step up the ladder; `next_step` is whatever happens first, reminders to acknowledge included.
    """

    occurrence: OccurrenceId
    title: str
    clause: str
    due: datetime
    due_on: date
    working_days: int
    urgency: Urgency
    highest: HighestRung | None
    next_rung: LadderStep | None
    next_step: NextStep


@dataclass(frozen=True, slots=True)
class NextDue:
    """What falls due next on a track and has not arrived; `opened` is False until it can be worked on."""

    occurrence: OccurrenceId
    title: str
    clause: str
    due: datetime
    due_on: date
    opened: bool


@dataclass(frozen=True, slots=True)
class Track:
    """One obligor: what is overdue, longest first, and what is due next."""

    obligor: str
    name: str
    overdue: tuple[OverdueRow, ...]
    next_due: NextDue | None


def overdue(casebook: Casebook, notice_id: str, now: datetime) -> tuple[Track, ...]:
    """Every obligor that owes something with a date, in the notice's own order. Raises NotFound."""
    notice, cases = casebook.notice(notice_id), casebook.cases(notice_id)
    awaited = _due_next(casebook, notice, cases, now)
    late = [case for case in cases if standing(case.occurrence, now) is Standing.OVERDUE]
    owing = {case.occurrence.facts.obligor for case in cases} | {obligor for obligor, _ in awaited}
    return tuple(
        Track(
            obligor=party.id,
            name=capital(body(notice, party.id)),
            overdue=tuple(
                overdue_row(case, now) for case in late if case.occurrence.facts.obligor == party.id
            ),
            next_due=next((due for obligor, due in awaited if obligor == party.id), None),
        )
        for party in notice.parties
        if party.id in owing
    )


def overdue_row(case: Case, now: datetime) -> OverdueRow:
    """Of something that is overdue."""
    facts, notice = case.occurrence.facts, case.notice
    today = local_date(now, notice.terms.zone)
    return OverdueRow(
        occurrence=case.occurrence.id,
        title=occurrence_title(notice, facts),
        clause=facts.clause,
        due=facts.due,
        due_on=facts.due_on,
        working_days=notice.working_days.working_days_between(facts.due_on, today),
        urgency=urgency_of(case, now),
        highest=_highest(case),
        next_rung=next_climb(case, now),
        next_step=next_step(case, now),
    )


def _highest(case: Case) -> HighestRung | None:
    taken = [each for each in case.occurrence.rungs if each.raised_at and each.rung.chases is None]
    return _as_highest(case.notice, taken[-1]) if taken else None


def _as_highest(notice: Notice, standing_: RungStanding) -> HighestRung:
    assert standing_.raised_at is not None
    day = local_date(standing_.raised_at, notice.terms.zone)
    return HighestRung(
        standing_.rung.id,
        standing_.rung.do,
        standing_.raised_at,
        holders_in_words(notice, standing_.rung.to, day),
    )


def _due_next(
    casebook: Casebook, notice: Notice, cases: tuple[Case, ...], now: datetime
) -> list[tuple[str, NextDue]]:
    opened = [
        (case.occurrence.facts.obligor, _opened(case))
        for case in cases
        if not case.occurrence.is_over and case.occurrence.facts.due >= now
    ]
    to_come = [
        (
            each.obligation.obligor,
            NextDue(each.id, expected_title(each), each.obligation.clause, each.due, each.due_on, False),
        )
        for each in still_expected(notice, casebook.occurrences(notice.terms.id))
        if each.due >= now
    ]
    return sorted((*opened, *to_come), key=lambda pair: (pair[1].due, pair[1].occurrence))


def _opened(case: Case) -> NextDue:
    facts = case.occurrence.facts
    title = occurrence_title(case.notice, facts)
    return NextDue(case.occurrence.id, title, facts.clause, facts.due, facts.due_on, True)
