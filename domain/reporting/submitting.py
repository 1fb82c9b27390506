"""Receiving a version of a report. A hollow one is received too, and what it lacks is recorded."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.chasing.messages import receipt
from domain.commands import SubmitReport
from domain.events import chasing, owing
from domain.meeting.met import met
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotYourTask,
    OccurrenceAlreadyMet,
    WrongKindOfObligation,
)
from domain.reporting.completeness import fault_in_sections, missing_sections
from domain.values import tidy
from domain.who import day_words, held_role, on_behalf_of, today

REPORTED = ("recurring-report", "before-event", "fixed-deadline")


def submit(case: Case, command: SubmitReport, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    received = command.received_at or now
    if not is_met_by_a_report(case):
        return WrongKindOfObligation(f"{facts.title} is not met by a report.")
    held = held_role(notice, by, roles_that_may_submit(case), now)
    if held is None:
        return NotYourTask(
            f"{facts.title} is owed by {notice.party_name(facts.obligor)}; {notice.person_name(by.id)} is not of it."
        )
    if received > now:
        return DateInTheFuture("A report cannot have been received in the future.")
    if received < facts.opens:
        return DateBeforeOpening(
            f"{facts.title} opened on {day_words(notice, facts.opens)}; it cannot have come before that."
        )
    if any(each.accepted for each in case.occurrence.submissions):
        return OccurrenceAlreadyMet(f"{facts.title} has been accepted already.")
    fault = fault_in_sections(facts.sections, command.sections)
    if fault is not None:
        return fault
    version = len(case.occurrence.submissions) + 1
    submitted = owing.ReportSubmitted(
        version=version,
        sections=tuple(replace(each, text=tidy(each.text)) for each in command.sections),
        missing=missing_sections(facts.sections, command.sections),
        submitted_by=by.id,
        submitted_as=held,
        received_at=received,
        messages=_told_of_receipt(case, version, by, held, now),
        on_behalf_of=on_behalf_of(notice, by, held, now),
    )
    return met(case, submitted, "the report was received.", now, arrived=received)


def is_met_by_a_report(case: Case) -> bool:
    """A fixed deadline is met by a report where it says what has to be reported."""
    facts = case.occurrence.facts
    return facts.kind in REPORTED and (facts.kind != "fixed-deadline" or bool(facts.sections))


def roles_that_may_submit(case: Case) -> tuple[str, ...]:
    facts = case.occurrence.facts
    return tuple(dict.fromkeys((facts.assignee, *case.notice.roles_in(facts.obligor))))


def _told_of_receipt(
    case: Case, version: int, by: Actor, held: str, now: datetime
) -> tuple[chasing.Message, ...]:
    """Whoever submitted gets a receipt; whoever may accept is told once, even if they hold several roles."""
    told = {by.id: receipt(case, f"submitted-{version}", by.id, held)}
    for role in case.notice.accepting_roles(case.occurrence.facts.obligation):
        for person in case.notice.holders(role, today(case.notice, now)):
            told.setdefault(person, receipt(case, f"submitted-{version}", person, role))
    return tuple(told.values())
