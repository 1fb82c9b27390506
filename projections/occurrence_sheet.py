"""One occurrence on one sheet: what is owed, how its day came to be, what came of it, and how far the chase has gone."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.occurrence.standing import was_late
from projections.casebook import Casebook
from projections.ladder_steps import LadderStep, ladder_steps
from projections.next_step import next_step
from projections.urgency import standing_in_words
from projections.words import body, capital, occurrence_title, person_name


@dataclass(frozen=True, slots=True)
class OccurrenceRow:
    """`late`: it came, but after it was due. Instants are in UTC, days in the notice's zone."""

    occurrence: OccurrenceId
    title: str
    clause: str
    obligor: str
    standing: str
    due_on: date
    first_due_on: date
    met_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class SubmissionSheet:
    version: int
    by: str
    received_at: datetime
    missing: tuple[str, ...]
    accepted_by: str | None
    returned: str | None


@dataclass(frozen=True, slots=True)
class OccurrenceSheet:
    """`extensions`: days that were granted; `asked_until`: one that nobody has decided on. `stopped`: since when its clock
    stands. `review`: the first and the last day that are planned, and the day on which it was held."""

    row: OccurrenceRow
    obligee: str
    opens: datetime
    acknowledged_by: str | None
    submissions: tuple[SubmissionSheet, ...]
    extensions: tuple[date, ...]
    asked_until: date | None
    stopped: date | None
    review: tuple[date | None, date | None, date | None]
    ladder: tuple[LadderStep, ...]
    next_step: str


def occurrence_rows(
    book: Casebook, notice: str, now: datetime, obligation: str | None = None
) -> tuple[OccurrenceRow, ...]:
    """Those that have opened, by due instant. Raises NotFound."""
    return tuple(
        _row(case, now)
        for case in book.cases(notice)
        if obligation is None or case.occurrence.facts.obligation == obligation
    )


def occurrence_sheet(case: Case, now: datetime) -> OccurrenceSheet:
    occurrence, notice = case.occurrence, case.notice
    seen, extensions, review = occurrence.acknowledged, occurrence.extensions, occurrence.review
    return OccurrenceSheet(
        row=_row(case, now),
        obligee=capital(body(notice, occurrence.facts.obligee)),
        opens=occurrence.facts.opens,
        acknowledged_by=person_name(notice, seen.by) if seen else None,
        submissions=_submissions(case),
        extensions=tuple(each.until for each in extensions.granted),
        asked_until=extensions.asked.until if extensions.asked else None,
        stopped=occurrence.stopped.from_day if occurrence.stopped else None,
        review=(review.starts_on, review.ends_on, occurrence.held.held_on if occurrence.held else None),
        ladder=ladder_steps(case, now),
        next_step=next_step(case, now).sentence,
    )


def _row(case: Case, now: datetime) -> OccurrenceRow:
    occurrence, facts = case.occurrence, case.occurrence.facts
    return OccurrenceRow(
        occurrence=occurrence.id,
        title=occurrence_title(case.notice, facts),
        clause=facts.clause,
        obligor=capital(body(case.notice, facts.obligor)),
        standing=standing_in_words(case, now),
        due_on=facts.due_on,
        first_due_on=occurrence.opened.due_on if occurrence.opened else facts.due_on,
        met_at=occurrence.met_at,
        late=was_late(occurrence),
    )


def _submissions(case: Case) -> tuple[SubmissionSheet, ...]:
    return tuple(
        SubmissionSheet(
            version=each.version,
            by=person_name(case.notice, each.by),
            received_at=each.received_at,
            missing=each.missing,
            accepted_by=person_name(case.notice, each.accepted.by) if each.accepted else None,
            returned=each.returned.reasons if each.returned else None,
        )
        for each in case.occurrence.submissions
    )
