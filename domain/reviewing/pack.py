"""The pack of a review: what has to be there before it, and what is provided while it takes place.

Each part is an occurrence of its own obligation, under the same period as the review.
"""

from collections.abc import Iterator
from datetime import date, datetime

from domain.case import Case, Draft
from domain.chasing.undoing import resolve_escalations
from domain.events.chasing import RungsNotChased
from domain.excusing.redating import redate
from domain.identity import OccurrenceId
from domain.notice.opening import open_on_request
from domain.notice.state import Notice
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence, RungStanding
from domain.terms.obligations import BeforeEvent, DuringEvent
from domain.time.due import due_date
from domain.who import today

Part = BeforeEvent | DuringEvent


def parts(notice: Notice, review: OccurrenceId) -> tuple[Part, ...]:
    """The obligations that hang on this review."""
    return tuple(
        each
        for each in notice.owed
        if isinstance(each, BeforeEvent | DuringEvent) and each.event == review.obligation
    )


def those_reviewed(case: Case) -> tuple[str, ...]:
    """The roles that see to the pack; everybody of the party that is reviewed, where there is none."""
    assignees = tuple(each.assignee for each in parts(case.notice, case.occurrence.id))
    return assignees or case.notice.roles_in(case.occurrence.facts.obligee)


def pack_of(case: Case) -> tuple[Occurrence, ...]:
    """The parts that have been opened."""
    found = (case.of(_id_of(case, each)) for each in parts(case.notice, case.occurrence.id))
    return tuple(each for each in found if each.exists)


def open_pack(case: Case, starts_on: date, now: datetime) -> Iterator[Draft]:
    """Each part once."""
    for part in parts(case.notice, case.occurrence.id):
        if not case.of(_id_of(case, part)).exists:
            yield from _opened(case, part, starts_on, now)


def redate_pack(case: Case, starts_on: date, reason: str, now: datetime) -> Iterator[Draft]:
    """Every part that is still owed has its new day; whoever was told that it is overdue is told if it no longer is."""
    for occurrence in pack_of(case):
        if not occurrence.is_over:
            due_on = _new_day(case.notice, occurrence, starts_on, now)
            redated = redate(case.notice, occurrence, due_on, "event moved", reason, now)
            if redated and due_on > occurrence.facts.due_on and occurrence.facts.due < now:
                yield from resolve_escalations(occurrence, reason, now)
            yield from _with_late_reminders_left_out(occurrence, redated, now)


def _id_of(case: Case, part: Part) -> OccurrenceId:
    return OccurrenceId(case.notice.terms.id, part.id, case.occurrence.id.period)


def _opened(case: Case, part: Part, starts_on: date, now: datetime) -> Iterator[Draft]:
    opening = open_on_request(
        case.notice,
        part,
        case.occurrence.id.period,
        title=part.title,
        due_on=_day(case.notice, part, starts_on, now),
        now=now,
        event=str(case.occurrence.id),
        event_on=starts_on,
    )
    yield from _with_late_reminders_left_out(Occurrence(), opening, now)


def _new_day(notice: Notice, occurrence: Occurrence, starts_on: date, now: datetime) -> date:
    """What was late before the review moved is not excused by its moving, unless the rule gives it time again."""
    part = notice.obligation(occurrence.id.obligation)
    assert isinstance(part, BeforeEvent | DuringEvent)
    was_late = occurrence.facts.due_on < today(notice, now)
    if was_late and _by_rule(notice, part, starts_on) < today(notice, now):
        return occurrence.facts.due_on
    return _day(notice, part, starts_on, now)


def _day(notice: Notice, part: Part, starts_on: date, now: datetime) -> date:
    """By the rule, and never in the past: whoever gives short notice of a review bears it, not those who prepare for it."""
    by_rule, day = _by_rule(notice, part, starts_on), today(notice, now)
    if by_rule >= day:
        return by_rule
    if isinstance(part, DuringEvent):
        return day
    last_before = notice.working_days.add_working_days(starts_on, -1)
    return max(last_before, min(notice.working_days.next_working_day(day), starts_on))


def _by_rule(notice: Notice, part: Part, starts_on: date) -> date:
    if isinstance(part, DuringEvent):
        return starts_on
    return due_date(part.due, calendar=notice.working_days, event=starts_on)


def _with_late_reminders_left_out(
    before: Occurrence, drafts: tuple[Draft, ...], now: datetime
) -> Iterator[Draft]:
    """A reminder that says “in five working days” would be false once these have passed; the notice given stands for it."""
    yield from drafts
    after = fold((draft.event for draft in drafts), before)
    passed = tuple(each.rung.id for each in after.rungs if _is_late_reminder(each, now))
    if drafts and passed:
        yield Draft(after.id.stream, RungsNotChased(passed, now, now))


def _is_late_reminder(standing: RungStanding, now: datetime) -> bool:
    rung = standing.rung
    falls_before_the_day = (rung.do, rung.after, rung.chases) == ("remind", "due", None)
    passed = standing.planned_at is not None and standing.planned_at < now
    return falls_before_the_day and passed and standing.status == "waiting"
