"""Reading the notice otherwise, and counting its days otherwise; what is open is dated anew."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ProclaimHoliday, ReviseInterpretation
from domain.events import instrument as happened
from domain.events import tending
from domain.identity import notice_stream
from domain.notice.fold import fold
from domain.notice.reckoning import reckon_anew
from domain.refusals import (
    InterpretationNotKnown,
    NothingChanges,
    NotInYourRole,
    ObligationNotKnown,
    ReasonMissing,
    Refusal,
    ValueNotFitting,
    VariationUnsound,
)
from domain.time.calendar import CalendarDoesNotReach
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import held_role, titles


def revise(case: Case, command: ReviseInterpretation, by: Actor, now: datetime) -> Decision:
    """The reading, and the obligations and ladders as they follow from it. The words of the notice stay as they are."""
    notice, reading = case.notice, command.interpretation
    held = held_role(notice, by, notice.keeping_roles, now)
    if held is None:
        return NotInYourRole(
            f"The reading of a notice is for {titles(notice, notice.keeping_roles)} to rule on."
        )
    fault = _fault_in_reading(case, command)
    if fault is not None:
        return fault
    was = next(each.ruling for each in notice.interpretations if each.id == reading.id)
    events = (
        tending.InterpretationRevised(reading, was, tidy(command.reason), by.id, held, now),
        *(happened.LadderSet(each, now) for each in command.ladders),
        *(happened.ObligationImposed(each, now) for each in command.obligations),
    )
    reason = f"Clause {reading.clause} is read otherwise: {reading.ruling}"
    after = fold(events, notice)
    try:
        follows = reckon_anew(notice, after, case.others, "interpretation", reason, now)
    except ValueError as fault:
        return VariationUnsound(f"By this reading a day that is owed could not be reckoned. {fault}")
    return (*(Draft(notice_stream(notice.terms.id), event) for event in events), *follows)


def proclaim(case: Case, command: ProclaimHoliday, by: Actor, now: datetime) -> Decision:
    """A new edition of the calendar, which holds the day."""
    notice = case.notice
    held = held_role(notice, by, notice.keeping_roles, now)
    if held is None:
        return NotInYourRole(f"The calendar of a notice is kept by {titles(notice, notice.keeping_roles)}.")
    if not command.title.strip() or not command.reason.strip():
        return ReasonMissing("Say what the holiday is called, and by whom it was proclaimed.")
    try:
        if not notice.working_days.is_working_day(command.day):
            return NothingChanges(f"{plain_date(command.day)} is no working day already.")
    except CalendarDoesNotReach as beyond:
        return ValueNotFitting(str(beyond))
    title = tidy(command.title)
    edition = f"{notice.working_days.edition}, with {title} on {command.day.isoformat()}"
    calendar = notice.working_days.with_holiday(command.day, title, edition)
    event = tending.HolidayProclaimed(
        day=command.day,
        title=title,
        reason=tidy(command.reason),
        calendar=calendar,
        sha256=calendar.sha256,
        recorded_by=by.id,
        recorded_as=held,
        proclaimed_at=now,
    )
    after = fold((event,), notice)
    reason = f"{plain_date(command.day)} is a holiday: {title}."
    try:
        follows = reckon_anew(notice, after, case.others, "holiday", reason, now)
    except ValueError as fault:
        return ValueNotFitting(f"A day that is owed could not be reckoned any more. {fault}")
    return (Draft(notice_stream(notice.terms.id), event), *follows)


def _fault_in_reading(case: Case, command: ReviseInterpretation) -> Refusal | None:
    notice, reading = case.notice, command.interpretation
    before = next((each for each in notice.interpretations if each.id == reading.id), None)
    if before is None:
        known = ", ".join(each.id for each in notice.interpretations)
        return InterpretationNotKnown(f"There is no reading called “{reading.id}”; there are {known}.")
    if before.clause != reading.clause:
        return VariationUnsound(
            f"“{reading.id}” reads clause {before.clause}; a reading cannot move to another clause."
        )
    if not command.reason.strip():
        return ReasonMissing("Say why the notice is read otherwise from now on.")
    kinds = {each.id: each.kind for each in notice.owed}
    for obligation in command.obligations:
        if obligation.id not in kinds:
            return ObligationNotKnown(f"“{obligation.id}” is not owed under this notice.")
        if (
            obligation.kind != kinds[obligation.id]
            or obligation.clause != notice.obligation(obligation.id).clause
        ):
            return VariationUnsound(
                f"A reading cannot make another kind of “{obligation.id}”; that takes a variation."
            )
    stated = [each.id for each in command.obligations if each != notice.obligation(each.id)]
    stated += [each.id for each in command.ladders if each not in notice.ladders]
    if before == reading and not stated:
        return NothingChanges("It is read like that already.")
    return None
