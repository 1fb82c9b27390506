"""What a receipt confirms: to whoever acted, and to whoever has to do something about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from activities.delivery.call import Call, UnreadableCall
from activities.delivery.sentences import joined, moment
from domain.case import Case
from domain.chasing.messages import receipt
from domain.occurrence.state import OWED, Submission

Purpose = Literal["acknowledged", "received", "to accept"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`at` is when it happened; `task` is where the letter points."""

    purpose: Purpose
    sentence: str
    at: datetime
    task: str


def confirmed(case: Case, call: Call) -> Confirmed:
    """Raises UnreadableCall when the case holds no such act."""
    found = _acknowledgement(case, call) if call.topic == "task-acknowledged" else _submission(case, call)
    if found is None:
        raise UnreadableCall(f"Message “{call.id}” cannot be written: {call.occurrence} holds no such act.")
    return found


def _acknowledgement(case: Case, call: Call) -> Confirmed | None:
    occurrence = case.occurrence
    given = {OWED: occurrence.acknowledged, **{each.rung.id: each.acknowledged for each in occurrence.rungs}}
    for task, acknowledged in given.items():
        if acknowledged and receipt(case, f"acknowledged-{task}", call.person, call.role).id == call.id:
            when = moment(acknowledged.at, case.notice.terms.zone)
            sentence = f"You acknowledged this task on {when}. That does not complete it."
            return Confirmed("acknowledged", sentence, acknowledged.at, task)
    return None


def _submission(case: Case, call: Call) -> Confirmed | None:
    for each in case.occurrence.submissions:
        if receipt(case, f"submitted-{each.version}", call.person, call.role).id == call.id:
            return _received(case, call, each)
    return None


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
    elif not is_theirs:
        said.append("It is for you to accept it.")
    purpose: Purpose = "received" if is_theirs or submission.accepted else "to accept"
    return Confirmed(purpose, " ".join(said), submission.received_at, OWED)


def _lacking(case: Case, submission: Submission) -> list[str]:
    titles = {section.id: section.title for section in case.occurrence.facts.sections}
    missing = [f"“{titles.get(each, each)}”" for each in submission.missing]
    return [f"It says nothing under {joined(missing)}."] if missing else []
