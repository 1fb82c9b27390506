"""A review on one sheet: its pack, the gap since the last one, what it found, and what came of that."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.occurrence.owed import owed_on
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.urgency import standing_in_words
from projections.words import body, capital, occurrence_title, person_in_role, person_name, role_title


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a bundle; neither confirmed nor refused while nobody has said anything of it."""

    id: str
    title: str
    confirmed_by: str | None
    refused_because: str | None


@dataclass(frozen=True, slots=True)
class PackRow:
    """One part of the pack: what has to be there before, or is provided meanwhile."""

    occurrence: OccurrenceId
    title: str
    clause: str
    standing: str
    due_on: date
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`done`: what its owner said, each with who and when; `seen`: what was found when that was followed up."""

    id: str
    text: str
    action: str
    owner: str
    due_on: date | None
    past_its_day: bool
    closed: bool
    done: tuple[tuple[str, str, datetime], ...]
    seen: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """`last_held`: the day of the review before, from which the gap runs; `days_left` of it while this one is awaited.

    `moves`: from which day, to which, and why.
    """

    occurrence: OccurrenceId
    title: str
    clause: str
    standing: str
    conducted_by: str
    last_held: date | None
    due_on: date
    days_left: int | None
    starts_on: date | None
    ends_on: date | None
    reviewers: tuple[str, ...]
    scope: str | None
    themes: tuple[str, ...]
    moves: tuple[tuple[date, date, str], ...]
    held_on: date | None
    gap_days: int | None
    summary: str | None
    letter: str | None
    pack: tuple[PackRow, ...]
    findings: tuple[FindingRow, ...]


def reviews(book: Casebook, notice: str, now: datetime) -> tuple[ReviewSheet, ...]:
    """Those that have opened, the next one first and the oldest last. Raises NotFound."""
    cases = book.cases(notice)
    found = [case for case in cases if owed_on(case.occurrence.facts) == "review"]
    return tuple(reversed([_sheet(case, cases, now) for case in found]))


def _sheet(case: Case, cases: tuple[Case, ...], now: datetime) -> ReviewSheet:
    occurrence, facts, review = case.occurrence, case.occurrence.facts, case.occurrence.review
    today, held, last = (
        local_date(now, case.notice.terms.zone),
        occurrence.held,
        _held_before(case, cases),
    )
    planned = review.planned
    return ReviewSheet(
        occurrence=occurrence.id,
        title=occurrence_title(case.notice, facts),
        clause=facts.clause,
        standing=standing_in_words(case, now),
        conducted_by=review.party or capital(body(case.notice, facts.obligor)),
        last_held=last,
        due_on=facts.due_on,
        days_left=None if occurrence.is_over else (facts.due_on - today).days,
        starts_on=review.starts_on,
        ends_on=review.ends_on,
        reviewers=planned.reviewers if planned else (),
        scope=planned.scope if planned else facts.about,
        themes=(held.themes if held else ()) or (planned.themes if planned else ()),
        moves=tuple((each.was, each.starts_on, each.reason) for each in review.moves),
        held_on=held.held_on if held else None,
        gap_days=(held.held_on - last).days if held and last else None,
        summary=held.summary if held else None,
        letter=review.outcome.letter if review.outcome else None,
        pack=tuple(_part(each, now) for each in cases if each.occurrence.facts.event == str(occurrence.id)),
        findings=tuple(_findings(case, today)),
    )


def _held_before(case: Case, cases: tuple[Case, ...]) -> date | None:
    """The day on which the review before was held; for the first, that of the instrument where the gap runs from it."""
    facts = case.occurrence.facts
    if facts.kind != "maximum-gap-review":
        return None
    earlier = [
        each.occurrence.held.held_on
        for each in cases
        if each.occurrence.facts.obligation == facts.obligation
        and each.occurrence.held is not None
        and int(each.occurrence.facts.period) < int(facts.period)
    ]
    return max(earlier, default=case.notice.terms.issued)


def _part(case: Case, now: datetime) -> PackRow:
    occurrence, facts = case.occurrence, case.occurrence.facts
    confirmed = {each.item: each for each in occurrence.items_confirmed}
    refused = {each.item: each for each in occurrence.items_refused}
    is_bundle = owed_on(facts) == "bundle"
    return PackRow(
        occurrence=occurrence.id,
        title=occurrence_title(case.notice, facts),
        clause=facts.clause,
        standing=standing_in_words(case, now),
        due_on=facts.due_on,
        items=tuple(
            ItemRow(
                each.id,
                each.title,
                person_name(case.notice, confirmed[each.id].confirmed_by) if each.id in confirmed else None,
                refused[each.id].reason if each.id in refused else None,
            )
            for each in (facts.sections if is_bundle else ())
        ),
    )


def _findings(case: Case, today: date) -> list[FindingRow]:
    review, notice = case.occurrence.review, case.notice
    return [
        FindingRow(
            id=each.id,
            text=each.text,
            action=each.action,
            owner=role_title(notice, each.owner),
            due_on=each.due_on,
            past_its_day=each.due_on is not None and each.due_on < today and not review.is_closed(each.id),
            closed=review.is_closed(each.id),
            done=tuple(
                (one.done, person_in_role(notice, one.acted_by, one.acted_as), one.acted_at)
                for one in review.acted_on
                if one.finding == each.id
            ),
            seen=tuple(
                (
                    one.outcome,
                    person_in_role(notice, one.followed_up_by, one.followed_up_as),
                    one.followed_up_at,
                )
                for one in review.followed_up
                if one.finding == each.id
            ),
        )
        for each in (review.outcome.findings if review.outcome else ())
    ]
