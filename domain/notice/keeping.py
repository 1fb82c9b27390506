"""What a notice calls for as time goes on: occurrences open, vacancies are found and filled, after-care runs out."""

from datetime import datetime, timedelta

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.chasing.undoing import resolve_escalations
from domain.commands import OpenOccurrences
from domain.events.excusing import OccurrenceWithdrawn
from domain.events.tending import NoticeClosed
from domain.identity import notice_stream
from domain.notice.opening import open_occurrence
from domain.notice.schedule import Known, to_open
from domain.notice.state import Notice
from domain.notice.vacancies import fill_vacancies, find_vacancies, next_change
from domain.refusals import NoticeNotIssued
from domain.time.zones import day_start


def open_occurrences(case: Case, command: OpenOccurrences, by: Actor, now: datetime) -> Decision:  # noqa: ARG001
    """Every occurrence whose time has come and that the record does not hold yet; none is ever skipped."""
    notice = case.notice
    if not notice.is_issued:
        return NoticeNotIssued(f"“{command.notice}” has not been issued, so nothing can open under it.")
    if not notice.is_in_force:
        return NOTHING
    ends = _after_care_ends(notice)
    if ends is not None and ends <= now:
        return _closed(case, now)
    ready = [each for each in to_open(notice, case.others) if each.opens <= now]
    return (
        *find_vacancies(notice, case.others, now),
        *fill_vacancies(notice, case.others, now),
        *(draft for each in ready for draft in open_occurrence(notice, each, now)),
    )


def next_opening(notice: Notice, known: Known) -> datetime | None:
    """When there is next something to do; None when all that the notice calls for has opened."""
    if not notice.is_in_force:
        return None
    waiting = to_open(notice, known)
    instants = (
        waiting[0].opens if waiting else None,
        next_change(notice, known),
        _after_care_ends(notice),
    )
    return min((each for each in instants if each is not None), default=None)


def withdraw_open(
    case: Case, reason: str, now: datetime, *, but: frozenset[str] = frozenset()
) -> tuple[Draft, ...]:
    """What is open of the notice is owed no more, except under some obligations."""
    return tuple(
        draft
        for each in case.others.values()
        if not each.is_over and each.facts.obligation not in but
        for draft in (
            *resolve_escalations(each, reason, now),
            Draft(each.id.stream, OccurrenceWithdrawn(reason, now)),
        )
    )


def _after_care_ends(notice: Notice) -> datetime | None:
    """Once its last day has passed."""
    if notice.lifted is None or notice.lifted.after_care_until is None:
        return None
    return day_start(notice.lifted.after_care_until + timedelta(days=1), notice.terms.zone)


def _closed(case: Case, now: datetime) -> tuple[Draft, ...]:
    stream = notice_stream(case.notice.terms.id)
    return (*withdraw_open(case, "After-care has run out.", now), Draft(stream, NoticeClosed(now)))
