"""Days in a corrected event: nothing happened after it was recorded, before it could, or out of order."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from domain.case import Case
from domain.events import deciding, owing, tending
from domain.events.correcting import CorrectionProposed
from domain.events.kinds import kind_of
from domain.identity import OccurrenceId
from domain.occurrence.consideration import Consideration
from domain.refusals import DateBeforeOpening, DateInTheFuture, DateOutOfOrder, Refusal
from domain.time.words import plain_date
from domain.who import day_words, today

_HAPPENED_THEN = ("held_on", "delivered_on", "decided_on", "issued_on", "published_on", "effective_on")


def fault_in_days(case: Case, after: Any, proposed: CorrectionProposed, now: datetime) -> Refusal | None:
    """`after` is the state as the correction would make it."""
    event = after.history[proposed.version - 1]
    fault = _after_it_was_recorded(case, event, proposed.field)
    if fault is not None:
        return fault
    match event:
        case owing.ReportSubmitted():
            return _of_report(case, event, now)
        case owing.ReviewHeld():
            return _of_review(case, event)
        case owing.OccurrenceOpened() if event.due_on < today(case.notice, event.opens):
            return DateBeforeOpening(
                f"It opened on {day_words(case.notice, event.opens)} and cannot have been due before that."
            )
        case deciding.DecisionMade() | deciding.DecisionIssued() | deciding.DecisionPublished():
            return _of_decision(case, after.consideration)
        case tending.BodySucceeded() if event.since > today(case.notice, event.recorded_at):
            return DateOutOfOrder(
                "A body takes another's place on the day on which that is recorded, or before."
            )
        case tending.RoleDelegated() if event.until < event.since:
            return DateOutOfOrder("A delegation ends on the day on which it begins, or later.")
    return None


def _after_it_was_recorded(case: Case, event: Any, field: str) -> Refusal | None:
    if field not in _HAPPENED_THEN:
        return None
    recorded_at = getattr(event, "recorded_at", None) or getattr(event, kind_of(event).when)
    if getattr(event, field) <= today(case.notice, recorded_at):
        return None
    return DateOutOfOrder(
        f"This was recorded on {day_words(case.notice, recorded_at)}; it cannot have happened after that."
    )


def _of_report(case: Case, event: owing.ReportSubmitted, now: datetime) -> Refusal | None:
    opens = case.occurrence.facts.opens
    if event.received_at > now:
        return DateInTheFuture("A report cannot have been received in the future.")
    if event.received_at < opens:
        return DateBeforeOpening(
            f"It opened on {day_words(case.notice, opens)}; the report cannot have come before that."
        )
    return None


def _of_review(case: Case, event: owing.ReviewHeld) -> Refusal | None:
    facts = case.occurrence.facts
    if event.held_on < today(case.notice, facts.opens):
        return DateBeforeOpening("A review cannot have been held before the one it follows.")
    following = case.of(next_review(case.occurrence.id)) if facts.period.isdecimal() else None
    if following is not None and following.held is not None and event.held_on > following.held.held_on:
        return DateOutOfOrder("A review cannot have been held after the one that follows it.")
    return None


def next_review(name: OccurrenceId) -> OccurrenceId:
    return OccurrenceId(name.notice, name.obligation, str(int(name.period) + 1))


def _of_decision(case: Case, found: Consideration) -> Refusal | None:
    days = (
        ("opened", today(case.notice, found.opened.opened_at)),
        ("decided", found.decided.decided_on if found.decided else None),
        ("issued", found.issued.issued_on if found.issued else None),
        ("published", found.published.published_on if found.published else None),
    )
    return _out_of_order((what, day) for what, day in days if day is not None)


def _out_of_order(days: Iterable[tuple[str, date]]) -> Refusal | None:
    for (earlier, first), (later, second) in pairwise(days):
        if second < first:
            return DateOutOfOrder(
                f"It was {earlier} on {plain_date(first)}, so it cannot have been {later} on {plain_date(second)}."
            )
    return None
