"""What a receipt confirms: to whoever acted, and to whoever has to do something about it."""

from dataclasses import dataclass
from typing import Literal

from activities.delivery.call import Call
from activities.delivery.sentences import joined, moment
from domain.case import Case
from domain.events.owing import ReportSubmitted, TaskAcknowledged
from domain.occurrence.state import OWED, Submission

Purpose = Literal["acknowledged", "received", "to accept"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`task` is where the letter points."""

    purpose: Purpose
    sentence: str
    task: str


def confirmed(case: Case, call: Call, event: TaskAcknowledged | ReportSubmitted) -> Confirmed:
    if isinstance(event, TaskAcknowledged):
        when = moment(event.acknowledged_at, case.notice.terms.zone)
        sentence = f"You acknowledged this task on {when}. That does not complete it."
        return Confirmed("acknowledged", sentence, event.task)
    submission = next(each for each in case.occurrence.submissions if each.version == event.version)
    return _received(case, call, submission)


def _received(case: Case, call: Call, submission: Submission) -> Confirmed:
    zone, names = case.notice.terms.zone, case.notice.names
    is_theirs = submission.by == call.person
    by = "you" if is_theirs else names.get(submission.by, submission.by)
    when = moment(submission.received_at, zone)
    said = [f"Version {submission.version} of the report was received from {by} on {when}."]
    said += _lacking(case, submission)
    if submission.accepted is not None:
        who = names.get(submission.accepted.by, submission.accepted.by)
        said.append(f"{who} accepted it on {moment(submission.accepted.at, zone)}.")
    elif submission.returned is not None:
        who = names.get(submission.returned.returned_by, submission.returned.returned_by)
        said.append(f"{who} returned it as deficient on {moment(submission.returned.returned_at, zone)}.")
    elif not is_theirs:
        said.append("It is for you to accept it.")
    is_judged = submission.accepted or submission.returned
    purpose: Purpose = "received" if is_theirs or is_judged else "to accept"
    return Confirmed(purpose, " ".join(said), OWED)


def _lacking(case: Case, submission: Submission) -> list[str]:
    titles = {section.id: section.title for section in case.occurrence.facts.sections}
    missing = [f"“{titles.get(each, each)}”" for each in submission.missing]
    return [f"It says nothing under {joined(missing)}."] if missing else []
