"""The way in: one command, decided on one case, at a time that is told."""

from datetime import datetime

from domain import commands as asked
from domain.actor import Actor
from domain.case import Case, Decision
from domain.chasing.rules import RULES as CHASING
from domain.corrections.rules import RULES as CORRECTING
from domain.deciding.rules import RULES as DECIDING
from domain.excusing.rules import RULES as EXCUSING
from domain.handing.rules import RULES as HANDING
from domain.meeting.rules import RULES as MEETING
from domain.notice.rules import RULES as NOTICING
from domain.planning.rules import RULES as PLANNING
from domain.reach import subject_of
from domain.refusals import NoLongerOwed, NoticeHasEnded, NoticeNotIssued, OccurrenceNotOpen
from domain.reporting.rules import RULES as REPORTING
from domain.reviewing.rules import RULES as REVIEWING
from domain.rule import Rules

RULES: Rules = {
    **NOTICING,
    **REPORTING,
    **MEETING,
    **REVIEWING,
    **PLANNING,
    **EXCUSING,
    **HANDING,
    **DECIDING,
    **CORRECTING,
    **CHASING,
}

# What may be asked of a notice that has ended, and of an occurrence that is owed no more: the engine finishes what it
# had begun, and people can still correct the record and decide on what is before them.
_AT_ANY_TIME = (
    asked.IssueNotice,
    asked.OpenOccurrences,
    asked.TakeDueStep,
    asked.RecordMessageSent,
    asked.RecordMessageUndeliverable,
    asked.AcknowledgeTask,
    asked.WithdrawRung,
    *asked.CorrectingCommand.__args__,
    *asked.DecidingCommand.__args__,
)


def decide(case: Case, command: asked.Command, by: Actor, now: datetime) -> Decision:
    """The events that come of a command, or the refusal. Pure: the same four give the same answer."""
    if not isinstance(command, (asked.IssueNotice, asked.OpenOccurrences)) and not case.notice.is_issued:
        return NoticeNotIssued("This notice has not been issued.")
    subject = subject_of(command)
    if subject is not None and not case.occurrence.exists:
        return OccurrenceNotOpen(f"“{subject}” has not opened yet.")
    if not isinstance(command, _AT_ANY_TIME):
        if not case.notice.is_in_force:
            return NoticeHasEnded(f"{case.notice.terms.title} has ended ({case.notice.phase}).")
        if subject is not None and case.occurrence.is_excused:
            return NoLongerOwed(f"{case.occurrence.facts.title} is owed no more.")
    return RULES[type(command)](case, command, by, now)
