"""What a person can do with a task, in the words of the desk."""

from __future__ import annotations

from datetime import datetime

from domain.case import Case
from projections.case_tasks import Action, held_role
from projections.task_detail import TaskDetail
from projections.tasks import TaskRow

TO_DO: dict[Action, str] = {
    "acknowledge": "acknowledge that you have seen it",
    "submit": "submit the report",
    "record-review": "record the review, once it has been held",
    "assess": "record the final assessment",
    "accept": "read the report and accept it",
    "keep-in-view": "nothing to sign; keep it in view",
}


def to_do(row: TaskRow) -> str:
    """`Acknowledge that you have seen it, then submit the report`."""
    words = ", then ".join(_words(row, action) for action in row.actions) or TO_DO["keep-in-view"]
    return words[:1].upper() + words[1:]


def _words(row: TaskRow, action: Action) -> str:
    """Somebody to whom the lateness was brought may write the report, but is asked to see to it that it comes."""
    if action == "submit" and row.task != "owed":
        return "see to it that the report is sent"
    return TO_DO[action]


_ARRIVES = {
    "recurring-report": "the report is received",
    "maximum-gap-review": "the review is recorded as held",
    "fixed-deadline": "the final assessment is recorded",
}


def still_to_do(detail: TaskDetail) -> str:
    """What stays open after an acknowledgement: taking something on is not doing it."""
    row = detail.row
    if detail.met_at is not None:
        return "What was owed has arrived. Nothing more is asked of you here."
    goes_on = f"The chase goes on until {_ARRIVES.get(row.kind, 'what is owed arrives')}."
    if row.task == "owed" or not row.actions or row.to_do == "keep-in-view":
        return goes_on
    return f"You can do it yourself here, or see to it that the {_small(detail.assignee)} does. {goes_on}"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def may_submit(case: Case, person: str, now: datetime) -> bool:
    """Whether a version of the report can come from this person: until one is accepted, from the obligor's people."""
    facts = case.occurrence.facts
    if facts.kind != "recurring-report" or any(each.accepted for each in case.occurrence.submissions):
        return False
    return held_role(case, (facts.assignee, *case.notice.roles_in(facts.obligor)), person, now) is not None
