"""Why somebody has a task, in one sentence."""

from domain.case import Case
from domain.occurrence.owed import Owed, owed_on
from domain.occurrence.state import AGREEMENT, OWED
from projections.case_tasks import (
    ACCEPTANCE,
    CONFIRMATION,
    EXTENSION,
    REPRESENTATIONS,
    SIGNATURE,
    CaseTask,
)
from projections.tellings.parts import by_the_end_of, said
from projections.words import (
    STRENGTHS,
    body,
    capital,
    clause_name,
    joined,
    long_date,
    moment,
    not_arrived,
    person_in_role,
    person_name,
    role_title,
    thing,
)

_VERBS: dict[Owed, str] = {
    "review": "hold",
    "assessment": "see to it that",
    "plan": "see to it that",
    "filled role": "see to it that",
    "attestation": "give",
    "bundle": "provide",
}


def why_this_task(case: Case, task: CaseTask) -> str:
    if task.id == OWED:
        return _owed(case)
    if task.rung is not None:
        return _brought(case, task)
    if task.query is not None:
        return _queried(case, task.query)
    return _WHY[task.id](case, task)


def _owed(case: Case) -> str:
    facts = case.occurrence.facts
    if owed_on(facts) in ("answer", "concern", "consideration") or facts.kind == "on-demand":
        return _asked(case)
    notice, what = case.notice, thing(case.notice, facts)
    if what.startswith("“") and owed_on(facts) not in ("report", "review"):
        what = what[1].lower() + what[2:].replace("”", "", 1)
    to_whom = f" to {body(notice, facts.obligee)}" if owed_on(facts) in ("report", "attestation") else ""
    if to_whom.removeprefix(" ") in what:
        to_whom = ""
    if owed_on(facts) == "bundle":
        what = "; ".join(section.title[:1].lower() + section.title[1:] for section in facts.sections)
    verb, strength = _VERBS.get(owed_on(facts), "provide"), STRENGTHS[facts.strength]
    basis, who = clause_name(notice, facts.clause), body(notice, facts.obligor)
    return (
        f"Under {basis}, {who} {strength} {verb} {what}{to_whom}; "
        f"it falls to the {role_title(notice, facts.assignee)}."
    )


def _asked(case: Case) -> str:
    """Somebody asked for it, and said what."""
    notice, facts = case.notice, case.occurrence.facts
    who = person_in_role(notice, facts.asked_by or "", facts.asked_as or "") if facts.asked_as else "Somebody"
    did = {
        "answer": "asked for something",
        "concern": "recorded a concern",
        "consideration": "opened the consideration of a power",
        "review": "required a review",
    }[owed_on(facts)]
    about = f": {said(facts.about)}" if facts.about else "."
    basis, to = clause_name(notice, facts.clause), role_title(notice, facts.assignee)
    return f"Under {basis}, {who} {did}{about} It falls to the {to}."


def _received(case: Case, task: CaseTask) -> str:
    last, zone = case.occurrence.submissions[-1], case.notice.terms.zone
    what = capital(thing(case.notice, case.occurrence.facts))
    return (
        f"{what} was received from {person_name(case.notice, last.by)} on {moment(last.received_at, zone)}; "
        f"it is for {_titles(case, task)} to accept it."
    )


def _queried(case: Case, query: int) -> str:
    raised = next(each.raised for each in case.occurrence.queries if each.raised.query == query)
    what = thing(case.notice, case.occurrence.facts)
    return f"What {what} says does not fit the record of the plan: {said(raised.question)}"


def _to_agree(case: Case, task: CaseTask) -> str:
    what = thing(case.notice, case.occurrence.facts)
    return f"Who conducts {what} has to be agreed before it can be planned; it is for {_titles(case, task)}."


def _to_confirm(case: Case, task: CaseTask) -> str:
    items = joined([f"“{section.title}”" for section in case.occurrence.facts.sections])
    return f"It is for {_titles(case, task)} to say of each item whether it was provided: {items}."


def _more_time(case: Case, task: CaseTask) -> str:
    asked = case.occurrence.extensions.asked
    if asked is None:
        return "More time was asked for, and that has been decided."
    who, what = person_name(case.notice, asked.requested_by), thing(case.notice, case.occurrence.facts)
    request = f"{who} asked for {what} to be due {by_the_end_of(asked.until)}: {said(asked.reason)}"
    return f"{request} It is for {_titles(case, task)} to grant or refuse that."


def _to_be_heard(case: Case, _: CaseTask) -> str:
    considered = case.occurrence.consideration
    assert considered is not None
    assert considered.invited is not None
    until = long_date(considered.invited.until)
    return f"Representations are invited until {until}, before anything is decided: {said(considered.opened.because)}"


def _to_sign(case: Case, task: CaseTask) -> str:
    considered = case.occurrence.consideration
    assert considered is not None
    assert considered.proposed is not None
    first = considered.proposed.signed.name
    return (
        f"{first} has proposed and signed a decision; it takes a second signature of {_titles(case, task)}."
    )


_WHY = {
    ACCEPTANCE: _received,
    AGREEMENT: _to_agree,
    CONFIRMATION: _to_confirm,
    EXTENSION: _more_time,
    REPRESENTATIONS: _to_be_heard,
    SIGNATURE: _to_sign,
}


def _brought(case: Case, task: CaseTask) -> str:
    notice, facts = case.notice, case.occurrence.facts
    when, zone = task.opened, notice.terms.zone
    act = task.rung.rung.do if task.rung else "escalate"
    what, due = capital(thing(notice, facts)), long_date(facts.due_on)
    if act == "assess":
        return f"{what}: an assessment was asked of {_titles(case, task)} on {moment(when, zone)}."
    verb = "referred for consideration to" if act == "refer" else "brought to"
    brought = f"the matter was {verb} {_titles(case, task)} on {moment(when, zone)}"
    if when <= facts.due:
        return f"{what} is due on {due}; {brought}."
    return f"{what} was due on {due}; {not_arrived(facts)} when {brought}."


def _titles(case: Case, task: CaseTask) -> str:
    return joined([f"the {role_title(case.notice, role)}" for role in task.roles])
