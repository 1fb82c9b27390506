"""What a letter states: everything taken from the case, nothing from the clock of the machine."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from activities.delivery.call import Call, UnreadableCall
from activities.delivery.receipts import Confirmed, confirmed
from activities.delivery.sentences import body_name, holders, long_date, moment, office
from activities.delivery.whatnext import next_steps, not_yet, so_far
from domain.case import Case
from domain.occurrence.state import OWED, Acknowledgement, RungStanding
from domain.time.words import counted, plain_date
from domain.time.zones import local_date

RECEIPTS = ("task-acknowledged", "report-submitted")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a letter is written: a step of the chase, or an act that it confirms.

    `at` is when the record called for it.
    """

    at: datetime
    task: str
    standing: RungStanding | None = None
    confirmed: Confirmed | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The words that the templates put together: plain text, or None where there is nothing to say.

    `opening`: the ladder's own sentence, only where the step was taken on the day for which it was written.
    `lateness`: how long it has been overdue, in working days. `met`: what has happened, once it has.
    `owner`: whose task it is; None when it is the reader's. `chased_act`: what opened the task being chased.
    """

    dear: str
    office: str
    notice: str
    title: str
    clause: str
    clause_words: str
    owed_by: str
    owed_to: str
    due: str
    due_short: str
    lateness: str | None
    opening: str | None
    met: str | None
    not_yet: str
    kind: str
    raised: str
    purpose: str | None
    acknowledged: str | None
    owner: str | None
    link: str
    next_steps: tuple[str, ...]
    so_far: tuple[str, ...]
    power: str
    chased_act: str | None


def occasion_of(case: Case, call: Call) -> Occasion:
    """Raises UnreadableCall when the case holds nothing that called for this message."""
    if call.topic in RECEIPTS:
        act = confirmed(case, call)
        # A report can be recorded long after it was received; a letter about it is no older than the record.
        at = max(act.at, call.queued) if call.queued else act.at
        return Occasion(at, act.task, confirmed=act)
    standing = case.occurrence.standing_of(call.rung or "")
    called_at = _called_at(standing, call.topic) if standing else None
    if standing is None or called_at is None:
        raise UnreadableCall(f"Message “{call.id}” cannot be written: no step “{call.rung}” called for it.")
    task = standing.rung.id if standing.rung.opens_task else standing.rung.chases or OWED
    return Occasion(called_at, task, standing=standing)


def _called_at(standing: RungStanding, topic: str) -> datetime | None:
    return standing.resolved_at if topic == "escalation-resolved" else standing.raised_at


def facts_for(case: Case, call: Call, links: str) -> Facts:
    """`links` is the address at which the desk answers."""
    notice, opened, zone = case.notice, case.occurrence.facts, case.notice.terms.zone
    occasion = occasion_of(case, call)
    standing = occasion.standing
    return Facts(
        dear=notice.names.get(call.person, call.person),
        office=office(notice, call.role),
        notice=notice.terms.title,
        title=opened.title,
        clause=_clause(case),
        clause_words=notice.clause(opened.clause).text,
        owed_by=body_name(notice, opened.obligor),
        owed_to=body_name(notice, opened.obligee),
        due=_due(case),
        due_short=plain_date(opened.due_on),
        lateness=_lateness(case, occasion.at),
        opening=_opening(case, occasion, call),
        met=_met(case),
        not_yet=not_yet(case),
        kind=opened.kind,
        raised=moment(standing.raised_at if standing and standing.raised_at else occasion.at, zone),
        purpose=occasion.confirmed.purpose if occasion.confirmed else None,
        acknowledged=_acknowledged(case, occasion.task, call),
        owner=_owner(case, occasion, call),
        link=link_to(call, occasion.task, links),
        next_steps=next_steps(case, standing, call.person),
        so_far=so_far(case, standing, call.person) if standing else (),
        power=notice.terms.power or "the powers that the notice names",
        chased_act=_chased_act(case, standing),
    )


def link_to(call: Call, task: str, links: str) -> str:
    parts = (call.occurrence.notice, call.occurrence.obligation, call.occurrence.period, task)
    return "/".join((links.rstrip("/"), "tasks", *(quote(part, safe="") for part in parts)))


def _clause(case: Case) -> str:
    """Letters that an editor gave are not presented as the instrument's own."""
    clause = case.notice.clause(case.occurrence.facts.clause)
    return f"{clause.id} (the numbering is the editor’s)" if clause.label == "editor" else clause.id


def _due(case: Case) -> str:
    opened = case.occurrence.facts
    is_read = any(opened.obligation in each.affects for each in case.notice.interpretations)
    return f"by the end of {long_date(opened.due_on)}" + (
        " (as the notice is interpreted)" if is_read else ""
    )


def _lateness(case: Case, at: datetime) -> str | None:
    opened, notice = case.occurrence.facts, case.notice
    if at <= opened.due:
        return None
    days = notice.working_days.working_days_between(opened.due_on, local_date(at, notice.terms.zone))
    return counted(days, "working day") if days else None


def _opening(case: Case, occasion: Occasion, call: Call) -> str | None:
    standing, zone = occasion.standing, case.notice.terms.zone
    if occasion.confirmed is not None:
        return occasion.confirmed.sentence
    if standing is None or standing.raised_at is None or call.topic == "escalation-resolved":
        return None
    planned, raised = standing.planned_at, standing.raised_at
    was_on_its_day = planned is None or local_date(planned, zone) == local_date(raised, zone)
    return standing.rung.says if was_on_its_day else None


def _met(case: Case) -> str | None:
    occurrence, zone = case.occurrence, case.notice.terms.zone
    if occurrence.held is not None:
        return f"The review was held on {long_date(occurrence.held.held_on)}."
    if occurrence.assessed is not None:
        return f"The final assessment was recorded on {moment(occurrence.assessed.assessed_at, zone)}."
    if occurrence.met_at is not None:
        return f"The report was received on {moment(occurrence.met_at, zone)}."
    return None


def _given(case: Case, task: str) -> Acknowledgement | None:
    if task == OWED:
        return case.occurrence.acknowledged
    standing = case.occurrence.standing_of(task)
    return standing.acknowledged if standing else None


def _acknowledged(case: Case, task: str, call: Call) -> str | None:
    given = _given(case, task)
    if given is None:
        return None
    who = "You" if given.by == call.person else case.notice.names.get(given.by, given.by)
    return f"{who} acknowledged the task on {long_date(local_date(given.at, case.notice.terms.zone))}."


def _owner(case: Case, occasion: Occasion, call: Call) -> str | None:
    standing = case.occurrence.standing_of(occasion.task)
    roles = standing.rung.to if standing else (case.occurrence.facts.assignee,)
    day = local_date(occasion.at, case.notice.terms.zone)
    if any(call.person in case.notice.holders(role, day) for role in roles):
        return None
    return holders(case.notice, roles, day, call.person)


def _chased_act(case: Case, standing: RungStanding | None) -> str | None:
    task = standing.rung.chases if standing else None
    if task is None or task == OWED:
        return task
    opened_by = case.occurrence.standing_of(task)
    return opened_by.rung.do if opened_by else None
