"""What has to hold before time is given, stopped or waived: of the occurrence, of the actor, of the day."""

from datetime import date, datetime

from domain.actor import Actor
from domain.case import Case
from domain.occurrence.owed import owed_on
from domain.refusals import (
    ClockAlreadyStopped,
    DateInThePast,
    ExtensionNotLater,
    NoLongerOwed,
    NotInYourRole,
    OccurrenceAlreadyMet,
    Refusal,
    WrongKindOfObligation,
)
from domain.reviewing.standing import beyond_the_calendar
from domain.time.words import plain_date
from domain.who import held_role, titles, today

# Nobody can be late with these by themselves: a plan goes stale, and no time runs against those who decide.
_WITHOUT_A_DAY_TO_MEET = ("plan", "concern", "consideration")


def not_to_be_excused(case: Case) -> Refusal | None:
    """It has no day that somebody could be given more of, or it is over."""
    occurrence, facts = case.occurrence, case.occurrence.facts
    if owed_on(facts) in _WITHOUT_A_DAY_TO_MEET:
        return WrongKindOfObligation(
            f"{facts.title} has no day that somebody has to meet, so there is no time to be given for it."
        )
    if occurrence.is_met:
        return OccurrenceAlreadyMet(f"{facts.title} has been met already; nothing is owed on it.")
    if occurrence.is_over:
        return NoLongerOwed(f"{facts.title} is owed no more.")
    return None


def clock_stands(case: Case) -> Refusal | None:
    stopped = case.occurrence.stopped
    if stopped is None:
        return None
    return ClockAlreadyStopped(
        f"The clock of {case.occurrence.facts.title} has stood since {plain_date(stopped.from_day)}. "
        "It has to be restarted first."
    )


def excusing_role(case: Case, by: Actor, now: datetime) -> str | Refusal:
    """The role in which somebody may extend, suspend or waive it."""
    notice, facts = case.notice, case.occurrence.facts
    roles = notice.excusing_roles(facts.obligation)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotInYourRole(
            f"Time for {facts.title} is for {titles(notice, roles)} to give; "
            f"{notice.person_name(by.id)} does not hold that role today."
        )
    return held


def fault_in_new_day(case: Case, until: date, now: datetime) -> Refusal | None:
    """A day that has passed would make nothing timely, and would only blur when it became overdue."""
    facts = case.occurrence.facts
    if until <= facts.due_on:
        return ExtensionNotLater(
            f"{facts.title} is due on {plain_date(facts.due_on)} as it is; an extension has to end later than that."
        )
    if until < today(case.notice, now):
        return DateInThePast(f"{plain_date(until)} has passed; an extension has to end today or later.")
    return beyond_the_calendar(case.notice, until)
