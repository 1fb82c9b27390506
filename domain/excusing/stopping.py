"""Stopping the clock and starting it again: the working days in between do not count."""

from datetime import date, datetime, timedelta

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.timing import raised_up_the_ladder
from domain.chasing.undoing import withdraw
from domain.commands import RestartClock, StopClock
from domain.events.excusing import ClockRestarted, ClockStopped
from domain.excusing.following import redate_what_follows
from domain.excusing.redating import redate
from domain.excusing.standing import clock_stands, excusing_role, not_to_be_excused
from domain.occurrence.fold import evolve
from domain.refusals import (
    ClockNotStopped,
    DateBeforeOpening,
    DateInTheFuture,
    DateOutOfOrder,
    ReasonMissing,
    Refusal,
)
from domain.reviewing.standing import beyond_the_calendar
from domain.time.words import counted, plain_date
from domain.time.zones import local_date
from domain.values import tidy
from domain.who import day_words, today


def stop(case: Case, command: StopClock, by: Actor, now: datetime) -> Decision:
    """Steps that were taken on a day that does not count are taken back, and whoever was told is told."""
    fault = not_to_be_excused(case) or clock_stands(case)
    if fault is not None:
        return fault
    held = excusing_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_stop(case, command.from_day, now)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why the clock is stopped.")
    stopped = ClockStopped(command.from_day, reason, by.id, held, now)
    wrong = [
        each
        for each in raised_up_the_ladder(case.occurrence)
        if each.raised_at and local_date(each.raised_at, case.notice.terms.zone) >= command.from_day
    ]
    because = f"the clock was stopped from {plain_date(command.from_day)} on."
    return (
        Draft(command.occurrence.stream, stopped),
        *withdraw(case.occurrence, wrong, because, now, by.id),
    )


def restart(case: Case, command: RestartClock, by: Actor, now: datetime) -> Decision:
    """What was due on a day that did not count, or later, is due as many working days later."""
    occurrence = case.occurrence
    fault = not_to_be_excused(case)
    if fault is not None:
        return fault
    if occurrence.stopped is None:
        return ClockNotStopped(f"The clock of {occurrence.facts.title} is running.")
    held = excusing_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    stopped_on = occurrence.stopped.from_day
    fault = _fault_in_restart(case, command.from_day, stopped_on, now)
    if fault is not None:
        return fault
    uncounted = _working_days(case, stopped_on, command.from_day)
    due_on = _due_day(case, stopped_on, uncounted)
    fault = beyond_the_calendar(case.notice, due_on)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why the clock runs on.")
    restarted = ClockRestarted(command.from_day, uncounted, reason, by.id, held, now)
    why = (
        f"The clock stood from {plain_date(stopped_on)} and ran on from {plain_date(command.from_day)}: "
        f"{counted(uncounted, 'working day')} did not count."
    )
    moved = due_on != occurrence.facts.due_on
    return (
        Draft(command.occurrence.stream, restarted),
        *redate(case.notice, evolve(occurrence, restarted), due_on, "suspension", why, now),
        *(redate_what_follows(case, due_on, now) if moved else ()),
    )


def _working_days(case: Case, stopped_on: date, from_day: date) -> int:
    """From the first day, included, to the last, not included."""
    day_before = timedelta(days=1)
    days = case.notice.working_days
    return days.working_days_between(stopped_on - day_before, from_day - day_before)


def _due_day(case: Case, stopped_on: date, uncounted: int) -> date:
    due_on = case.occurrence.facts.due_on
    if due_on < stopped_on or not uncounted:
        return due_on
    return case.notice.working_days.add_working_days(due_on, uncounted)


def _fault_in_stop(case: Case, from_day: date, now: datetime) -> Refusal | None:
    facts, notice = case.occurrence.facts, case.notice
    if from_day < local_date(facts.opens, notice.terms.zone):
        return DateBeforeOpening(
            f"{facts.title} opened on {day_words(notice, facts.opens)}; its clock was not running before."
        )
    if from_day > today(notice, now):
        return DateInTheFuture("A clock is stopped from today on, or from an earlier day; not ahead of time.")
    earlier = [each.restarted.from_day for each in case.occurrence.suspensions if each.restarted]
    if earlier and from_day < earlier[-1]:
        return DateOutOfOrder(
            f"The clock was restarted on {plain_date(earlier[-1])}; it can be stopped again from that day on."
        )
    return None


def _fault_in_restart(case: Case, from_day: date, stopped_on: date, now: datetime) -> Refusal | None:
    if from_day < stopped_on:
        return DateOutOfOrder(
            f"The clock was stopped from {plain_date(stopped_on)} on; it cannot run on from a day before that."
        )
    if from_day > today(case.notice, now):
        return DateInTheFuture("A clock runs on from today, or from an earlier day; not ahead of time.")
    return None
