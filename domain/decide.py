"""The way in: one command, decided on one case, at a time that is told."""

from datetime import datetime

from domain import commands as asked
from domain.actor import Actor
from domain.case import Case, Decision
from domain.chasing.step import take_due_step
from domain.notice import decide as of_notice
from domain.occurrence import decide as of_occurrence
from domain.occurrence import deliver
from domain.refusals import OccurrenceNotOpen


def decide(case: Case, command: asked.Command, by: Actor, now: datetime) -> Decision:
    """The events that come of a command, or the refusal. Pure: the same four give the same answer."""
    match command:
        case asked.IssueNotice():
            return of_notice.issue(case.notice, command, by, now)
        case asked.OpenOccurrences():
            return of_notice.open_occurrences(case.notice, command, now)
    if not case.occurrence.exists:
        return OccurrenceNotOpen(f"{command.occurrence} has not opened yet.")
    match command:
        case asked.TakeDueStep():
            return take_due_step(case, command, now)
        case asked.AcknowledgeTask():
            return of_occurrence.acknowledge(case, command, by, now)
        case asked.SubmitReport():
            return of_occurrence.submit(case, command, by, now)
        case asked.AcceptReport():
            return of_occurrence.accept(case, command, by, now)
        case asked.RecordReviewHeld():
            return of_occurrence.record_review(case, command, by, now)
        case asked.RecordAssessment():
            return of_occurrence.assess(case, command, by, now)
        case asked.RecordMessageSent():
            return deliver.sent(case, command, now)
        case asked.RecordMessageUndeliverable():
            return deliver.undeliverable(case, command, now)
