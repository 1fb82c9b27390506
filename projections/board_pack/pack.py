"""What stands in the papers of a board: reports with their flags, the plan, what is late or deficient, risks, decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.reporting.naming import report_of
from domain.terms.obligations import RecurringReport
from projections.acts_of_judgement import JUDGEMENTS
from projections.board_pack.open_to_all import OpenToAll
from projections.casebook import Casebook
from projections.corrected import tell_entry
from projections.escalations import BroughtUp, may_be_considered
from projections.overdue import Track, overdue
from projections.past.lately import past_of
from projections.past.moments import Moments
from projections.plan_sheet import ObjectiveRow, plans
from projections.portfolio import ReviewGap, review_gap
from projections.standing_then import standing_then
from projections.state.digest import state_digest
from projections.task_detail import AnsweredSection, answers_of
from projections.urgency import standing_in_words
from projections.words import occurrence_title, person_name

IN_FULL = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """What a pack is frozen at: an instant, and the last event of the record that it takes into account."""

    at: datetime
    event: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report. `missing`: titles of the sections in which nothing was said, of the last version; `queries`: those open."""

    occurrence: OccurrenceId
    title: str
    clause: str
    due_on: date
    standing: str
    received_at: datetime | None
    by: str | None
    versions: int
    late: bool
    missing: tuple[str, ...]
    queries: int
    returned_because: str | None
    accepted_by: str | None
    sections: tuple[AnsweredSection, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement of a named person, told in a sentence. `event`: its number."""

    event: int
    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class BoardPack:
    """Everything as at one moment. `leaf`: of the event it stands on; `digest`: of the state of the notice there.

    `in_full`: the newest reports of those with the shortest periods, newest first. `left_out`: whether something is hidden
    from somebody, and therefore not in it.
    """

    notice: str
    title: str
    zone: str
    moment: Moment
    leaf: str
    events: int
    digest: str
    summary: str
    reports: tuple[ReportRow, ...]
    in_full: tuple[ReportRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    tracks: tuple[Track, ...]
    brought_up: tuple[BroughtUp, ...]
    gap: ReviewGap | None
    decisions: tuple[Decision, ...]
    left_out: bool


def board_pack(book: Casebook, notice: str, moment: Moment) -> BoardPack:
    """The same for everybody, whatever happens later. `book`: a whole book, read at least up to that event.

    Raises NotFound where the notice was not in the record then.
    """
    whole = past_of(book, Moments(moment.at, moment.at), notice, moment.event)
    if not whole.history(notice):
        raise NotFound(f"The notice “{notice}” was not in the record then.")
    issued = whole.notice(notice)
    seen, now = OpenToAll(whole), moment.at
    reports = tuple(_reports(seen, notice, now))
    last = whole.history(notice)[-1]
    return BoardPack(
        notice=notice,
        title=issued.terms.title,
        zone=issued.terms.zone,
        moment=moment,
        leaf=last.record.leaf,
        events=last.index,
        digest=state_digest(whole, notice, now),
        summary=standing_then(seen, notice, now).sentence,
        reports=reports,
        in_full=_in_full(seen, notice, reports),
        objectives=tuple(each for plan in plans(seen, notice, now) for each in plan.objectives),
        tracks=overdue(seen, notice, now),
        brought_up=may_be_considered(seen, notice, now),
        gap=review_gap(seen.cases(notice), now),
        decisions=tuple(_decisions(seen, notice)),
        left_out=seen.hides_something(notice),
    )


def moment_of(book: Casebook, at: datetime) -> Moment:
    """Frozen at an instant, on everything that had been recorded by then."""
    known = [each.index for each in book.everything() if each.recorded <= at]
    return Moment(at, max(known, default=0))


def _reports(seen: OpenToAll, notice: str, now: datetime) -> Iterator[ReportRow]:
    for case in seen.cases(notice):
        facts = case.occurrence.facts
        if facts.kind == "recurring-report" and report_of(case.occurrence.id) == case.occurrence.id:
            yield _report(case, now)


def _report(case: Case, now: datetime) -> ReportRow:
    facts, sent = case.occurrence.facts, case.occurrence.submissions
    last, titles = sent[-1] if sent else None, {each.id: each.title for each in facts.sections}
    return ReportRow(
        occurrence=case.occurrence.id,
        title=occurrence_title(case.notice, facts),
        clause=facts.clause,
        due_on=facts.due_on,
        standing=standing_in_words(case, now),
        received_at=last.received_at if last else None,
        by=person_name(case.notice, last.by) if last else None,
        versions=len(sent),
        late=bool(sent) and sent[0].received_at > facts.due,
        missing=tuple(titles.get(each, each) for each in last.missing) if last else (),
        queries=sum(each.answered is None for each in case.occurrence.queries),
        returned_because=last.returned.reasons if last and last.returned else None,
        accepted_by=person_name(case.notice, last.accepted.by) if last and last.accepted else None,
        sections=answers_of(case, last) if last else (),
    )


def _in_full(seen: OpenToAll, notice: str, reports: tuple[ReportRow, ...]) -> tuple[ReportRow, ...]:
    """Those with the shortest periods are what a board meets about."""
    kept = [each for each in seen.notice(notice).obligations if isinstance(each, RecurringReport)]
    shortest = min(kept, key=lambda each: each.recurrence.months, default=None)
    if shortest is None:
        return ()
    received = [each for each in reports if each.versions and each.occurrence.obligation == shortest.id]
    return tuple(reversed(received[-IN_FULL:]))


def _decisions(seen: OpenToAll, notice: str) -> Iterator[Decision]:
    """The newest first."""
    for entry in reversed(seen.history(notice)):
        if isinstance(entry.event, JUDGEMENTS):
            about = seen.case(entry.occurrence).occurrence if entry.occurrence else None
            yield Decision(entry.index, entry.effective, tell_entry(entry, seen.notice(notice), about))


def is_moment(book: Casebook, moment: Moment) -> bool:
    """Whether nothing that had been recorded before that instant is left out, and nothing recorded after it is in.

    Of what was recorded at the very instant, the pack has what stood there when it was made.
    """
    entries = book.everything()
    if not 1 <= moment.event <= len(entries):
        return False
    following = entries[moment.event] if moment.event < len(entries) else None
    return entries[moment.event - 1].recorded <= moment.at and (
        following is None or following.recorded >= moment.at
    )
