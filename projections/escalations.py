"""What has been brought up under a notice, what has been referred, and what is or was considered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.commands import OpenConsideration, RecordConcern
from domain.decide import decide
from domain.deciding.power import IN_WORDS
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import RungStanding
from domain.refusals import Refusal
from domain.terms.obligations import DiscretionaryPower
from domain.time.words import plain_date
from projections.casebook import Casebook
from projections.consideration_page import whole
from projections.next_step import next_step
from projections.urgency import standing_in_words
from projections.words import capital, joined, occurrence_title, person_in_role, role_title


@dataclass(frozen=True, slots=True)
class BroughtUp:
    """`to` whom it was brought last, and when; `referred`: before those who hold the power."""

    occurrence: OccurrenceId
    title: str
    clause: str
    standing: str
    to: str
    at: datetime
    acknowledged: bool
    referred: bool
    next_step: str


@dataclass(frozen=True, slots=True)
class Considered:
    """`standing`: `open`, `proposed`, or what was decided."""

    occurrence: OccurrenceId
    title: str
    because: str
    opened_at: datetime
    standing: str


@dataclass(frozen=True, slots=True)
class Power:
    """A power that can be considered. `may_open`, `may_raise_concern`: whether whoever asks may do so now."""

    obligation: str
    title: str
    clause: str
    law: str | None
    considered_by: str
    may_open: bool
    may_raise_concern: bool


@dataclass(frozen=True, slots=True)
class Escalations:
    brought_up: tuple[BroughtUp, ...]
    considered: tuple[Considered, ...]
    powers: tuple[Power, ...]


def escalations(book: Casebook, notice: str, person: str, now: datetime) -> Escalations:
    """Raises NotFound."""
    cases = book.cases(notice)
    return Escalations(
        brought_up=tuple(row for case in cases for row in _brought_up(case, now)),
        considered=tuple(row for case in cases for row in _considered(case)),
        powers=tuple(_powers(book, book.notice(notice), person, now)),
    )


def may_be_considered(book: Casebook, notice: str, now: datetime) -> tuple[BroughtUp, ...]:
    """What a consideration could be about, what was referred first."""
    found = [row for case in book.cases(notice) for row in _brought_up(case, now)]
    return tuple(sorted(found, key=lambda each: (not each.referred, each.at)))


def _brought_up(case: Case, now: datetime) -> Iterator[BroughtUp]:
    """A referral stays when the thing has come; everything else is over with it."""
    raised = [each for each in case.occurrence.rungs if _stands(case, each)]
    if not raised:
        return
    last = max(raised, key=lambda each: each.raised_at or now)
    assert last.raised_at is not None
    facts, notice = case.occurrence.facts, case.notice
    told = [person_in_role(notice, each.person, each.role) for each in last.messages]
    yield BroughtUp(
        occurrence=case.occurrence.id,
        title=occurrence_title(notice, facts),
        clause=facts.clause,
        standing=standing_in_words(case, now),
        to=joined(told) or joined([role_title(notice, role) for role in last.rung.to]),
        at=last.raised_at,
        acknowledged=last.acknowledged is not None,
        referred=any(each.rung.do == "refer" for each in raised),
        next_step=next_step(case, now).sentence,
    )


def _stands(case: Case, rung: RungStanding) -> bool:
    open_still = rung.status == "raised" and rung.resolved_at is None
    return open_still and (
        rung.rung.do == "refer" or (rung.rung.do == "escalate" and not case.occurrence.is_over)
    )


def _considered(case: Case) -> Iterator[Considered]:
    found = case.occurrence.consideration
    if found is None:
        return
    standing = "proposed" if found.proposed else "open"
    if found.decided:
        standing = f"decided on {plain_date(found.decided.decided_on)}: {IN_WORDS[found.decided.option]}"
    yield Considered(
        case.occurrence.id,
        occurrence_title(case.notice, case.occurrence.facts),
        found.opened.because,
        found.opened.opened_at,
        capital(standing),
    )


def _powers(book: Casebook, notice: Notice, person: str, now: datetime) -> Iterator[Power]:
    by, case = Actor("person", person), whole(book, Case(notice))
    for each in notice.owed:
        if not isinstance(each, DiscretionaryPower) or not each.considered_by:
            continue
        opens = decide(case, OpenConsideration(notice.terms.id, each.id, "a reason"), by, now)
        raises = decide(case, RecordConcern(notice.terms.id, each.id, "a concern"), by, now)
        yield Power(
            obligation=each.id,
            title=each.title,
            clause=each.clause,
            law=each.statute,
            considered_by=joined([role_title(notice, role) for role in each.considered_by]),
            may_open=not isinstance(opens, Refusal),
            may_raise_concern=not isinstance(raises, Refusal),
        )
