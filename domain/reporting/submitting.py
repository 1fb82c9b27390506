"""Receiving a version of a report. A hollow one is received too, and what it lacks is recorded."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import SubmitReport
from domain.events import owing
from domain.meeting.met import met
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotYourTask,
    OccurrenceAlreadyMet,
    Refusal,
    WrongKindOfObligation,
)
from domain.reporting.completeness import fault_in_sections, missing_sections
from domain.reporting.lacking import content_found_lacking
from domain.reporting.queries import queries_raised
from domain.reporting.receipts import submitter_and_receivers
from domain.reporting.versions import accepted_in_words
from domain.values import tidy
from domain.who import day_words, held_role, obligor_roles, on_behalf_of

REPORTED = ("recurring-report", "before-event", "fixed-deadline")


def submit(case: Case, command: SubmitReport, by: Actor, now: datetime) -> Decision:
    """After a version was returned another may come, although it is a supplemental report that is owed."""
    facts, notice = case.occurrence.facts, case.notice
    if not is_met_by_a_report(case):
        return WrongKindOfObligation(f"{facts.title} is not met by a report.")
    accepted = accepted_in_words(case)
    if accepted is not None:
        return OccurrenceAlreadyMet(accepted)
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotYourTask(
            f"{facts.title} is owed by {notice.party_name(facts.obligor)}; {notice.person_name(by.id)} is not of it."
        )
    fault = _fault_in_day(case, command.received_at or now, now)
    fault = fault or fault_in_sections(facts.sections, command.sections)
    if fault is not None:
        return fault
    submitted = _submitted(case, command, by, held, now)
    return (
        *met(case, submitted, "the report was received.", now, arrived=submitted.received_at),
        *queries_raised(case, submitted, now),
        *content_found_lacking(case, submitted, now),
    )


def is_met_by_a_report(case: Case) -> bool:
    """A fixed deadline is met by a report where it says what has to be reported."""
    facts = case.occurrence.facts
    return facts.kind in REPORTED and (facts.kind != "fixed-deadline" or bool(facts.sections))


def _fault_in_day(case: Case, received: datetime, now: datetime) -> Refusal | None:
    facts = case.occurrence.facts
    if received > now:
        return DateInTheFuture("A report cannot have been received in the future.")
    if received < facts.opens:
        return DateBeforeOpening(
            f"{facts.title} opened on {day_words(case.notice, facts.opens)}; it cannot have come before that."
        )
    return None


def _submitted(
    case: Case, command: SubmitReport, by: Actor, held: str, now: datetime
) -> owing.ReportSubmitted:
    version = len(case.occurrence.submissions) + 1
    return owing.ReportSubmitted(
        version=version,
        sections=tuple(replace(each, text=tidy(each.text)) for each in command.sections),
        missing=missing_sections(case.occurrence.facts.sections, command.sections),
        submitted_by=by.id,
        submitted_as=held,
        received_at=command.received_at or now,
        messages=submitter_and_receivers(case, f"submitted-{version}", by.id, held, now),
        on_behalf_of=on_behalf_of(case.notice, by, held, now),
    )
