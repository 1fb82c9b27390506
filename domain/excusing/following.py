"""What is owed so many working days after another day follows that day when it moves."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.case import Case, Draft
from domain.chasing.counting import days_of
from domain.chasing.undoing import resolve_escalations
from domain.excusing.redating import redate
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import AfterEvent
from domain.time.due import due_date
from domain.time.words import plain_date


def followers(notice: Notice, occurrence: OccurrenceId) -> tuple[OccurrenceId, ...]:
    """The occurrences that are dated from the due day of this one."""
    return tuple(
        OccurrenceId(notice.terms.id, each.id, occurrence.period)
        for each in notice.obligations
        if isinstance(each, AfterEvent) and each.event == occurrence.obligation
    )


def redate_what_follows(case: Case, due_on: date, now: datetime) -> Iterable[Draft]:
    for name in followers(case.notice, case.occurrence.id):
        follower = case.of(name)
        if follower.exists and not follower.is_over:
            yield from _moved(case, follower, due_on, now)


def _moved(case: Case, follower: Occurrence, event_on: date, now: datetime) -> Iterable[Draft]:
    """Later only: more time that was given for the follower itself is not taken back."""
    notice, facts = case.notice, follower.facts
    obligation = notice.obligation(facts.obligation)
    assert isinstance(obligation, AfterEvent)
    due_on = due_date(obligation.due, calendar=days_of(notice, follower).working, event=event_on)
    if due_on <= facts.due_on:
        return
    reason = f"{case.occurrence.facts.title} is due on {plain_date(event_on)} now."
    if facts.due < now:
        yield from resolve_escalations(follower, reason, now)
    yield from redate(notice, follower, due_on, "event moved", reason, now)
