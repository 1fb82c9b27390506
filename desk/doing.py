"""What a person can do with a task, in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk.acts.offered import ActLink
from desk.addresses import consideration_page, task_page
from domain.case import Case
from domain.reporting.submitting import is_met_by_a_report
from domain.who import obligor_roles
from projections.actions import Action
from projections.case_tasks import held_role
from projections.task_detail import TaskDetail
from projections.tasks import TaskRow

TO_DO: dict[Action, str] = {
    "acknowledge": "acknowledge that you have seen it",
    "submit": "submit the report",
    "plan-review": "plan the review",
    "notify-review": "give notice of the review",
    "record-review": "record the review, once it has been held",
    "assess": "record the final assessment",
    "attest": "attest that it holds",
    "answer-request": "answer what was asked for",
    "update-plan": "bring the record of progress up to date",
    "answer-concern": "answer the concern, or refer it for consideration",
    "consider": "conduct the consideration",
    "accept": "read the report and accept it, or return it",
    "confirm-items": "say of each item whether it was provided",
    "agree-party": "agree who conducts the review",
    "answer-query": "answer the query",
    "decide-extension": "grant or refuse more time",
    "represent": "make representations",
    "sign-decision": "sign the decision that was proposed",
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


ON_ANOTHER_PAGE: dict[Action, str] = {
    "decide-extension": "Grant or refuse more time",
    "answer-concern": "Answer the concern",
    "consider": "Open the consideration",
    "represent": "Make representations",
    "sign-decision": "Read the decision and sign it",
}


# Acts that have a page of their own (`desk/acts/`); where there is no plan yet, the first is adopted.
BY_AN_ACT: dict[Action, tuple[str, ...]] = {
    "plan-review": ("plan-review",),
    "notify-review": ("notify-review",),
    "attest": ("attest",),
    "answer-request": ("answer-request",),
    "update-plan": ("update-progress", "adopt-plan"),
    "confirm-items": ("confirm-item",),
    "agree-party": ("agree-party",),
    "answer-query": ("answer-query",),
}


def done_on_another_page(row: TaskRow, links: Mapping[str, ActLink]) -> list[dict[str, str]]:
    """What is done on a page of its own: the words of its button, and where it leads. `links`: what may be done here."""
    found = [
        {"do": ON_ANOTHER_PAGE[action], "href": _page_of(row, action)}
        for action in row.actions
        if action in ON_ANOTHER_PAGE
    ]
    acts = (links[act] for act in _first_of_each(row, links))
    return [*found, *({"do": each.text, "href": _about_the_task(row, each)} for each in acts)]


def done_besides(row: TaskRow, links: Mapping[str, ActLink]) -> list[tuple[str, str]]:
    """The other acts that may be done here, each with where it leads."""
    shown = set(_first_of_each(row, links))
    return [(each.href, each.text) for act, each in links.items() if act not in shown]


def _first_of_each(row: TaskRow, links: Mapping[str, ActLink]) -> list[str]:
    """Of the acts by which something can be done, the first that may be done today."""
    found = (next((act for act in BY_AN_ACT.get(each, ()) if act in links), None) for each in row.actions)
    return [act for act in found if act is not None]


def _about_the_task(row: TaskRow, link: ActLink) -> str:
    """Whoever comes from one query answers that one."""
    query = row.task.removeprefix("query-")
    return f"{link.href}?query={query}" if link.act == "answer-query" and query.isdigit() else link.href


def _page_of(row: TaskRow, action: Action) -> str:
    if action == "decide-extension":
        return f"{task_page(row.occurrence, row.task)}/time"
    if action == "answer-concern":
        return f"{task_page(row.occurrence, row.task)}/concern"
    return consideration_page(row.occurrence)


def still_to_do(detail: TaskDetail) -> str:
    """What stays open after an acknowledgement: taking something on is not doing it."""
    row = detail.row
    if detail.met_at is not None:
        return "What was owed has arrived. Nothing more is asked of you here."
    if detail.owed_no_more:
        return "This is owed no more. Nothing more is asked of you here."
    goes_on = f"The chase goes on until {detail.arrives}."
    if row.task == "owed" or not row.actions or row.to_do == "keep-in-view":
        return goes_on
    return f"You can do it yourself here, or see to it that the {_small(detail.assignee)} does. {goes_on}"


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def may_submit(case: Case, person: str, now: datetime) -> bool:
    """Whether a version of the report can come from this person: until one is accepted, from the obligor's people."""
    occurrence = case.occurrence
    is_accepted = occurrence.made_good or any(each.accepted for each in occurrence.submissions)
    if not is_met_by_a_report(case) or is_accepted or occurrence.is_excused:
        return False
    return held_role(case, obligor_roles(case), person, now) is not None
