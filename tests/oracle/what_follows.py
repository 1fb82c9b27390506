"""What follows from what people did, beyond the occurrence on which they did it."""

from datetime import date, datetime, time

from domain.terms.obligations import BeforeEvent, DuringEvent, RecurringReport
from tests.oracle import naive_days as days
from tests.oracle.oracle import Oracle
from tests.oracle.watched import Watched


def _parts(name: str) -> tuple[str, str, str]:
    notice, obligation, period = name.split("/")
    return notice, obligation, period


def _supplements(oracle: Oracle, name: str) -> list[Watched]:
    """All that were asked for after the same report, this one left out."""
    report = name.split("-supplement-", maxsplit=1)[0]
    return [
        each
        for key, each in oracle.watched.items()
        if key.startswith(f"{report}-supplement-") and key != name
    ]


def report_accepted(oracle: Oracle, name: str, now: datetime) -> None:
    """What was to make it good is owed no more."""
    for each in _supplements(oracle, name):
        if not each.over:
            each.is_excused()


def report_returned(oracle: Oracle, name: str, now: datetime) -> None:
    """A supplemental report is owed, up a ladder of its own; it is a “should”."""
    _, obligation, period = _parts(name)
    terms = next(each for each in oracle.terms.obligations if each.id == obligation)
    assert isinstance(terms, RecurringReport)
    assert terms.supplemental is not None
    today = days.day_of(now, oracle.zone)
    due_on = days.count_on(today, terms.supplemental.working_days, oracle.holidays)
    report = period.split("-supplement-")[0]
    number = 1
    while f"{oracle.terms.notice.id}/{obligation}/{report}-supplement-{number}" in oracle.watched:
        number += 1
    oracle.begins(
        obligation,
        f"{report}-supplement-{number}",
        now,
        due_on,
        ladder=terms.supplemental.ladder,
        strength="should",
    )


def asked_for(oracle: Oracle, obligation: str, wanted_by: date, now: datetime) -> None:
    """What is asked for is owed by the day on which it is wanted."""
    number = 1
    while f"{oracle.terms.notice.id}/{obligation}/request-{number}" in oracle.watched:
        number += 1
    oracle.begins(obligation, f"request-{number}", now, wanted_by)


def review_notified(oracle: Oracle, name: str, starts_on: date, now: datetime) -> None:
    """The council owes what has to be there before the review, and during it."""
    for part in _pack(oracle, name):
        period = _parts(name)[2]
        if f"{oracle.terms.notice.id}/{part.id}/{period}" not in oracle.watched:
            watched = oracle.begins(part.id, period, now, _day(oracle, part, starts_on, now))
            watched.leaves_out_late_reminders(now)


def review_moved(oracle: Oracle, name: str, starts_on: date, now: datetime) -> list[Watched]:
    """The pack moves with the review, but what was late already does not become less late by its moving closer."""
    moved = []
    oracle.review_begins[name] = starts_on
    for part in _pack(oracle, name):
        watched = oracle.watched.get(f"{oracle.terms.notice.id}/{part.id}/{_parts(name)[2]}")
        if watched is None or watched.over:
            continue
        today = days.day_of(now, oracle.zone)
        stays_late = watched.due_on < today and _by_rule(oracle, part, starts_on) < today
        due_on = watched.due_on if stays_late else _day(oracle, part, starts_on, now)
        if due_on != watched.due_on:
            watched.is_due_anew(due_on, now, as_if_always=False)
            moved.append(watched)
    return moved


MIDNIGHT = time(0)


def review_held(oracle: Oracle, name: str, held_on: date, now: datetime) -> None:
    """The next one counts from the day on which this one was really held."""
    _, obligation, period = _parts(name)
    oracle.watched[name].arrives(days.instant(held_on, MIDNIGHT, oracle.zone), now)
    for part in _pack(oracle, name):
        watched = oracle.watched.get(f"{oracle.terms.notice.id}/{part.id}/{period}")
        if watched is None or not isinstance(part, BeforeEvent) or watched.excused:
            continue
        if watched.arrived is None or days.day_of(watched.arrived, oracle.zone) > held_on:
            watched.went_ahead_without()
    oracle.review_took_place(obligation, held_on, now)


def _pack(oracle: Oracle, name: str) -> list[BeforeEvent | DuringEvent]:
    return [
        each
        for each in oracle.terms.obligations
        if isinstance(each, BeforeEvent | DuringEvent) and each.event == _parts(name)[1]
    ]


def _by_rule(oracle: Oracle, part: BeforeEvent | DuringEvent, starts_on: date) -> date:
    if isinstance(part, DuringEvent):
        return starts_on
    assert part.due.rule == "before-event"
    return days.count_on(starts_on, -part.due.working_days, oracle.holidays)


def _day(oracle: Oracle, part: BeforeEvent | DuringEvent, starts_on: date, now: datetime) -> date:
    """By the rule; at short notice, as late as there is a working day before the review."""
    by_rule, today = _by_rule(oracle, part, starts_on), days.day_of(now, oracle.zone)
    if by_rule >= today:
        return by_rule
    if isinstance(part, DuringEvent):
        return today
    day_before = days.count_on(starts_on, -1, oracle.holidays)
    return day_before if day_before >= today else min(days.forward(today, oracle.holidays), starts_on)
