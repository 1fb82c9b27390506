"""Reckoning anew what is open, because the notice reads otherwise than before: dates move, and some things are owed no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.case import Draft
from domain.chasing.undoing import resolve_escalations, withdraw_from_overdue_up
from domain.events.excusing import Cause, OccurrenceWithdrawn
from domain.excusing.redating import redate
from domain.identity import OccurrenceId
from domain.notice.schedule import PLAN, Expected, expected
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import BeforeEvent, Continuing, MaximumGapReview
from domain.time.due import due_date
from domain.time.zones import local_date

# What makes it as if the day had always been the new one: whoever was told that it was overdue was told wrongly.
_FROM_THE_BEGINNING: tuple[Cause, ...] = ("holiday", "interpretation", "correction")


def reckon_anew(
    before: Notice,
    after: Notice,
    others: Mapping[OccurrenceId, Occurrence],
    cause: Cause,
    reason: str,
    now: datetime,
) -> tuple[Draft, ...]:
    """What follows for every occurrence from the notice having become `after`. Days set by people stay where they set them.

    A variation looks forward: what was met, or had fallen due, before it took effect stays as it was. Another reading, a
    holiday or a correction says how it had been all along.
    """
    days = {each.id: each for each in expected(after, others)}
    reckoning = _Reckoning(before, after, others, days, local_date(now, after.terms.zone))
    drafts: list[Draft] = []
    for occurrence in others.values():
        if occurrence.is_excused:
            continue
        if after.is_in_force and _is_owed(after, occurrence):
            drafts += _redated(after, occurrence, _due_on(reckoning, occurrence), (cause, reason), now)
        elif not occurrence.is_over:
            drafts += _withdrawn(occurrence, reason, now)
    return tuple(drafts)


def _is_owed(after: Notice, occurrence: Occurrence) -> bool:
    return occurrence.facts.obligation in {each.id for each in after.owed}


def _withdrawn(occurrence: Occurrence, reason: str, now: datetime) -> Iterable[Draft]:
    yield from resolve_escalations(occurrence, reason, now)
    yield Draft(occurrence.id.stream, OccurrenceWithdrawn(reason, now))


def _redated(
    after: Notice, occurrence: Occurrence, due_on: date, why: tuple[Cause, str], now: datetime
) -> Iterable[Draft]:
    cause, reason = why
    if occurrence.is_over and due_on == occurrence.facts.due_on:
        return
    if cause == "variation" and (occurrence.is_over or occurrence.facts.due < now):
        return
    moved = redate(after, occurrence, due_on, cause, reason, now)
    if not moved:
        return
    arrived = occurrence.met_at or now
    if occurrence.facts.due < arrived <= moved[0].event.due:
        undo = withdraw_from_overdue_up if cause in _FROM_THE_BEGINNING else resolve_escalations
        yield from undo(occurrence, reason, now)
    yield from moved


def _due_on(reckoning: "_Reckoning", occurrence: Occurrence) -> date:
    """The day by the rules, unless a person has set another one: an extension, a stop of the clock, a day asked for."""
    facts = occurrence.facts
    if facts.about or _is_set_by_people(occurrence):
        return facts.due_on
    match reckoning.after.obligation(facts.obligation):
        case BeforeEvent() as obligation:
            return reckoning.before_event(obligation, occurrence)
        case MaximumGapReview() as obligation:
            return reckoning.after_the_last_one(obligation, occurrence)
        case Continuing() as obligation if facts.period == PLAN:
            return reckoning.stale_on(obligation, occurrence)
    scheduled = reckoning.days.get(occurrence.id)
    return scheduled.due_on if scheduled is not None else facts.due_on


def _is_set_by_people(occurrence: Occurrence) -> bool:
    """An extension or a stop of the clock has moved the day; a stop after the day leaves it as it was."""
    assert occurrence.opened is not None
    day = occurrence.opened.due_on
    for each in occurrence.redated:
        if each.cause in ("extension", "suspension") and each.due_on != day:
            return True
        day = each.due_on
    return False


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """The notice before and after, and what it calls for after."""

    before: Notice
    after: Notice
    others: Mapping[OccurrenceId, Occurrence]
    days: Mapping[OccurrenceId, Expected]
    today: date

    def before_event(self, obligation: BeforeEvent, occurrence: Occurrence) -> date:
        """Never moved into the past."""
        facts = occurrence.facts
        event = self.others.get(OccurrenceId.parse(facts.event)) if facts.event else None
        starts_on = event.review.starts_on if event else facts.event_on
        if starts_on is None:
            return facts.due_on
        day = due_date(obligation.due, calendar=self.after.working_days, event=starts_on)
        return day if day >= self.today else facts.due_on

    def after_the_last_one(self, obligation: MaximumGapReview, occurrence: Occurrence) -> date:
        """A review opens on the day from which its gap runs; that of the first one is the notice's own."""
        facts = occurrence.facts
        is_first = facts.period == "1"
        since = self.after.since[obligation.id]
        anchor = since if is_first else local_date(facts.opens, self.after.terms.zone)
        return due_date(obligation.due, calendar=self.after.working_days, anchor=anchor)

    def stale_on(self, obligation: Continuing, occurrence: Occurrence) -> date:
        """As many days later or earlier as the limit was lengthened or shortened by."""
        earlier = self.before.find_obligation(obligation.id)
        limit = earlier.stale_after_days if isinstance(earlier, Continuing) else None
        if limit is None or obligation.stale_after_days is None:
            return occurrence.facts.due_on
        return occurrence.facts.due_on + timedelta(days=obligation.stale_after_days - limit)
