"""Returning a report as deficient. It stays on time if it was; a supplemental report is owed besides."""

from collections.abc import Iterable
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ReturnReport
from domain.events.chasing import Message
from domain.events.reporting import ReportReturned
from domain.refusals import (
    CannotBeReturned,
    NotASection,
    OccurrenceAlreadyMet,
    ReasonMissing,
    Refusal,
    WrongKindOfObligation,
)
from domain.reporting.submitting import is_met_by_a_report
from domain.reporting.supplements import awaited, next_supplement, open_supplement
from domain.reporting.versions import accepted_in_words, judging_role
from domain.terms.obligations import FollowOn, RecurringReport
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import day_words, held_role, messages_to, obligor_roles, today


def return_report(case: Case, command: ReturnReport, by: Actor, now: datetime) -> Decision:
    follow_on = _follow_on(case)
    if isinstance(follow_on, Refusal):
        return follow_on
    fault = _fault_in_version(case)
    if fault is not None:
        return fault
    held = judging_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_words(case, command)
    if fault is not None:
        return fault
    deficient = _deficient(case, command.sections)
    due_on = case.notice.working_days.add_working_days(today(case.notice, now), follow_on.working_days)
    period = next_supplement(case)
    returned = ReportReturned(
        version=case.occurrence.submissions[-1].version,
        reasons=tidy(command.reasons),
        sections=deficient,
        supplement=period,
        supplement_due_on=due_on,
        returned_by=by.id,
        returned_as=held,
        messages=_submitter_and_assignees(case, now),
        returned_at=now,
    )
    supplement = open_supplement(case, period, deficient, due_on, follow_on.ladder, now)
    return (Draft(command.occurrence.stream, returned), *supplement)


def _follow_on(case: Case) -> FollowOn | Refusal:
    facts = case.occurrence.facts
    if not is_met_by_a_report(case):
        return WrongKindOfObligation(f"{facts.title} is not met by a report, so there is none to return.")
    obligation = case.notice.obligation(facts.obligation)
    if not isinstance(obligation, RecurringReport) or obligation.supplemental is None:
        return CannotBeReturned(
            f"The notice provides for no supplemental report after {facts.title}, so it cannot be returned."
        )
    if obligation not in case.notice.owed:
        return CannotBeReturned(f"{obligation.title} is owed no more, so no supplemental report can be.")
    return obligation.supplemental


def _fault_in_version(case: Case) -> Refusal | None:
    title, submissions = case.occurrence.facts.title, case.occurrence.submissions
    if not submissions:
        return CannotBeReturned(f"No report has been received for {title}, so there is none to return.")
    accepted = accepted_in_words(case)
    if accepted is not None:
        return OccurrenceAlreadyMet(accepted)
    returned = submissions[-1].returned
    if returned is not None:
        return CannotBeReturned(
            f"Version {returned.version} of {title} was returned on "
            f"{day_words(case.notice, returned.returned_at)} already; the supplemental report is due on "
            f"{plain_date(returned.supplement_due_on)}."
        )
    supplement = awaited(case)
    if supplement is not None:
        return CannotBeReturned(
            f"{supplement.facts.title} is awaited by {plain_date(supplement.facts.due_on)}; "
            f"judge that, or accept {title} as it is now."
        )
    return None


def _fault_in_words(case: Case, command: ReturnReport) -> Refusal | None:
    facts = case.occurrence.facts
    if not tidy(command.reasons):
        return ReasonMissing(
            "Say why the report is returned, so that the supplemental report can make it good."
        )
    known = {section.id for section in facts.sections}
    stray = next((each for each in command.sections if each not in known), None)
    if stray is not None:
        return NotASection(
            f"“{stray}” is not a section of {facts.title}; they are {', '.join(sorted(known))}."
        )
    return None


def _deficient(case: Case, named: Iterable[str]) -> tuple[str, ...]:
    """Those that were named; otherwise those that are missing; otherwise all, in the order of the report."""
    all_sections = tuple(section.id for section in case.occurrence.facts.sections)
    chosen = set(named) or set(case.occurrence.submissions[-1].missing) or set(all_sections)
    return tuple(section for section in all_sections if section in chosen)


def _submitter_and_assignees(case: Case, now: datetime) -> tuple[Message, ...]:
    """Whoever submitted it, if they still act for the obligor, and whoever does the work now."""
    last, facts = case.occurrence.submissions[-1], case.occurrence.facts
    act = f"returned-{last.version}"
    role = held_role(case.notice, Actor("person", last.by), obligor_roles(case), now)
    submitter = Message(f"{case.occurrence.id}:{act}:{last.by}", last.by, role) if role else None
    assignees = messages_to(case, act, (facts.assignee,), now, but=(last.by,))
    return (submitter, *assignees) if submitter else assignees
