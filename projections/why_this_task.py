"""Why somebody has a task, in one sentence."""

from domain.case import Case
from domain.occurrence.state import OWED
from projections.case_tasks import ACCEPTANCE, CaseTask
from projections.words import (
    STRENGTHS,
    body,
    capital,
    clause_name,
    joined,
    long_date,
    moment,
    not_arrived,
    person_name,
    role_title,
    thing,
)

_VERBS = {"recurring-report": "provide", "maximum-gap-review": "hold", "fixed-deadline": "see to it that"}


def why_this_task(case: Case, task: CaseTask) -> str:
    if task.id == OWED:
        return _owed(case)
    if task.id == ACCEPTANCE:
        return _received(case, task)
    return _brought(case, task)


def _owed(case: Case) -> str:
    notice, facts = case.notice, case.occurrence.facts
    what = thing(notice, facts)
    if what.startswith("“"):
        what = what[1].lower() + what[2:-1]
    to_whom = f" to {body(notice, facts.obligee)}" if facts.kind == "recurring-report" else ""
    if to_whom.removeprefix(" ") in what:
        to_whom = ""
    verb, strength = _VERBS.get(facts.kind, "provide"), STRENGTHS[facts.strength]
    basis, who = clause_name(notice, facts.clause), body(notice, facts.obligor)
    return (
        f"Under {basis}, {who} {strength} {verb} {what}{to_whom}; "
        f"it falls to the {role_title(notice, facts.assignee)}."
    )


def _received(case: Case, task: CaseTask) -> str:
    last, zone = case.occurrence.submissions[-1], case.notice.terms.zone
    what = capital(thing(case.notice, case.occurrence.facts))
    return (
        f"{what} was received from {person_name(case.notice, last.by)} on {moment(last.received_at, zone)}; "
        f"it is for {_titles(case, task)} to accept it."
    )


def _brought(case: Case, task: CaseTask) -> str:
    notice, facts = case.notice, case.occurrence.facts
    when, zone = task.opened, notice.terms.zone
    act = task.rung.rung.do if task.rung else "escalate"
    what, due = capital(thing(notice, facts)), long_date(facts.due_on)
    if act == "assess":
        return f"{what}: an assessment was asked of {_titles(case, task)} on {moment(when, zone)}."
    verb = "referred for consideration to" if act == "refer" else "brought to"
    return (
        f"{what} was due on {due}; {not_arrived(facts.kind)} when the matter was {verb} "
        f"{_titles(case, task)} on {moment(when, zone)}."
    )


def _titles(case: Case, task: CaseTask) -> str:
    return joined([f"the {role_title(case.notice, role)}" for role in task.roles])
