"""Accepting the last version of a report, by somebody who did not submit it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AcceptReport
from domain.events import owing
from domain.refusals import NothingToAccept, OccurrenceAlreadyMet, Refusal
from domain.reporting.supplements import made_good, no_longer_needed
from domain.reporting.versions import accepted_in_words, judging_role
from domain.time.words import plain_date
from domain.who import day_words


def accept(case: Case, command: AcceptReport, by: Actor, now: datetime) -> Decision:
    """A supplemental report that is accepted makes good the report that it supplements."""
    fault = _fault_in_version(case)
    if fault is not None:
        return fault
    held = judging_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    version = case.occurrence.submissions[-1].version
    return (
        Draft(command.occurrence.stream, owing.ReportAccepted(version, by.id, held, now)),
        *made_good(case, by.id, held, now),
        *no_longer_needed(case, now),
    )


def _fault_in_version(case: Case) -> Refusal | None:
    title = case.occurrence.facts.title
    if not case.occurrence.submissions:
        return NothingToAccept(f"No report has been received for {title}.")
    accepted = accepted_in_words(case)
    if accepted is not None:
        return OccurrenceAlreadyMet(accepted)
    last = case.occurrence.submissions[-1]
    if last.returned is not None:
        return NothingToAccept(
            f"Version {last.version} of {title} was returned on "
            f"{day_words(case.notice, last.returned.returned_at)}. It is made good by the supplemental report, "
            f"which is due on {plain_date(last.returned.supplement_due_on)}."
        )
    return None
