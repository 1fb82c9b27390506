"""Issuing the outcome letter of a review, with what it found and who is to act on it."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import IssueOutcome
from domain.events.reviewing import Finding, OutcomeIssued
from domain.refusals import (
    DateOutOfOrder,
    FindingUnsound,
    OutcomeAlreadyIssued,
    ReasonMissing,
    Refusal,
    ReviewNotHeld,
    RoleNotKnown,
)
from domain.reviewing.pack import those_reviewed
from domain.reviewing.standing import conducting_role, no_review
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import day_words, messages_to


def issue_outcome(case: Case, command: IssueOutcome, by: Actor, now: datetime) -> Decision:
    fault = no_review(case) or _not_ready(case)
    if fault is not None:
        return fault
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_findings(case, command)
    if fault is not None:
        return fault
    letter = tidy(command.letter)
    if not letter:
        return ReasonMissing("The outcome of a review is a letter; say what it says.")
    findings = tuple(
        replace(each, id=tidy(each.id), text=tidy(each.text), action=tidy(each.action))
        for each in command.findings
    )
    told = (*(each.owner for each in findings), *_addressees(case))
    messages = messages_to(case, "outcome", told, now)
    return (Draft(command.occurrence.stream, OutcomeIssued(letter, findings, by.id, held, messages, now)),)


def _not_ready(case: Case) -> Refusal | None:
    if case.occurrence.held is None:
        return ReviewNotHeld("This review has not been recorded as held, so it has no outcome yet.")
    before = case.occurrence.review.outcome
    if before is not None:
        issued_on = day_words(case.notice, before.issued_at)
        return OutcomeAlreadyIssued(f"The outcome of this review was issued on {issued_on} already.")
    return None


def _addressees(case: Case) -> tuple[str, ...]:
    return case.notice.roles_in(case.occurrence.facts.obligee) or those_reviewed(case)


def _fault_in_findings(case: Case, command: IssueOutcome) -> Refusal | None:
    names: set[str] = set()
    for each in command.findings:
        fault = _fault_in(case, each)
        if fault is not None:
            return fault
        if tidy(each.id) in names:
            return FindingUnsound(f"Two findings are called “{each.id}”; give each a name of its own.")
        names.add(tidy(each.id))
    return None


def _fault_in(case: Case, finding: Finding) -> Refusal | None:
    held = case.occurrence.held
    if held is not None and finding.due_on is not None and finding.due_on < held.held_on:
        return DateOutOfOrder(
            f"What was found on {plain_date(held.held_on)} cannot have to be done by {plain_date(finding.due_on)}."
        )
    if not (finding.id.strip() and finding.text.strip() and finding.action.strip()):
        return FindingUnsound("Each finding needs a name, what was found, and what is to be done about it.")
    if all(role.id != finding.owner for role in case.notice.roles):
        return RoleNotKnown(f"“{finding.owner}”, who is to act on a finding, is not a role of this notice.")
    return None
