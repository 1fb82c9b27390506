"""What a letter states: everything taken from the case, nothing from the clock of the machine."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from activities.delivery.arrived import over_in_words
from activities.delivery.call import Call
from activities.delivery.matters.matter import said
from activities.delivery.occasion import Occasion, occasion_of
from activities.delivery.passes import PATH, Passes, pass_for
from activities.delivery.sentences import body_name, holders, long_date, moment, office
from activities.delivery.whatnext import next_steps, not_yet, so_far
from domain.case import Case
from domain.events.chasing import EscalationRaised
from domain.occurrence.state import OWED, Acknowledgement, RungStanding
from domain.time.words import counted, plain_date
from domain.time.zones import local_date


@dataclass(frozen=True, slots=True)
class Facts:
    """The words that the templates put together: plain text, or None where there is nothing to say.

    `opening`: the ladder's own sentence, only where the step was taken on the day for which it was written.
    `lateness`: how long it has been overdue, in working days. `met`: what has happened, once it has; `because`: why
    what had been raised is over. `subject` and `act`: how the subject begins and what the reader can do, where an act of
    somebody else is told. `owed_by` and `owed_to` are None where nobody owes anybody. `reason`: why the reader gets it.
    `owner`: whose task it is; None when it is the reader's. `chased_act`: what opened the task being chased.
    `acknowledge`: the address of the page at which this reader alone acknowledges, until `acknowledge_until`.
    """

    dear: str
    office: str
    notice: str
    title: str
    clause: str
    clause_words: str
    owed_by: str | None
    owed_to: str | None
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
    because: str | None
    subject: str | None
    act: str | None
    reason: str
    acknowledge: str | None = None
    acknowledge_until: str | None = None


def facts_for(case: Case, call: Call, links: str, passes: Passes | None = None) -> Facts:
    """`links` is the address at which the desk answers; with `passes`, a task can be acknowledged from the letter."""
    notice, opened, zone = case.notice, case.occurrence.facts, case.notice.terms.zone
    occasion = occasion_of(case, call)
    standing, matter = occasion.standing, occasion.matter
    is_power = opened.kind == "discretionary-power"
    given = pass_for(case, call, occasion) if passes else None
    return Facts(
        dear=notice.names.get(call.person, call.person),
        office=office(notice, call.role),
        notice=notice.terms.title,
        title=opened.title,
        clause=_clause(case),
        clause_words=notice.clause(opened.clause).text,
        owed_by=None if is_power else body_name(notice, opened.obligor),
        owed_to=None if is_power else body_name(notice, opened.obligee),
        due=_due(case),
        due_short=plain_date(opened.due_on),
        lateness=_lateness(case, occasion.at),
        opening=_opening(case, occasion, call),
        met=over_in_words(case),
        not_yet=not_yet(case),
        kind=opened.kind,
        raised=moment(standing.raised_at if standing and standing.raised_at else occasion.at, zone),
        purpose=occasion.confirmed.purpose if occasion.confirmed else None,
        acknowledged=_acknowledged(case, occasion.task, call),
        owner=_owner(case, occasion, call),
        link=link_to(call, occasion, links),
        next_steps=next_steps(case, standing, call.person),
        so_far=so_far(case, standing, call.person) if standing else (),
        power=notice.terms.power or "the powers that the notice names",
        chased_act=_chased_act(case, standing),
        because=_sentence(occasion.because) if occasion.because else None,
        subject=matter.subject if matter else _subject(occasion, call),
        act=matter.act if matter else None,
        reason=_reason(case, call, occasion),
        acknowledge=f"{links.rstrip('/')}{PATH}/{passes.written(given)}" if passes and given else None,
        acknowledge_until=moment(given.until, zone) if given else None,
    )


def link_to(call: Call, occasion: Occasion, links: str) -> str:
    """To a task, or to the occurrence."""
    name = (occasion.matter.occurrence if occasion.matter else None) or call.occurrence
    if occasion.task is None:
        parts = ("notice", name.notice, "occurrences", name.obligation, name.period)
    else:
        parts = ("tasks", name.notice, name.obligation, name.period, occasion.task)
    return "/".join((links.rstrip("/"), *(quote(part, safe="") for part in parts)))


def _subject(occasion: Occasion, call: Call) -> str | None:
    """A referral that is over says nothing about what was owed: that may still be missing."""
    if occasion.chosen is not None:
        return "Brought to you"
    standing = occasion.standing
    is_referral = standing is not None and standing.rung.do == "refer"
    return "The referral is over" if is_referral and call.topic == "escalation-resolved" else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip(' .')}."


def _reason(case: Case, call: Call, occasion: Occasion) -> str:
    given = occasion.matter.because if occasion.matter else None
    return given or f"you hold the role of {office(case.notice, call.role)}"


def _clause(case: Case) -> str:
    """Letters that an editor gave are not presented as the instrument's own."""
    clause = case.notice.clause(case.occurrence.facts.clause)
    return f"{clause.id} (the numbering is the editor’s)" if clause.label == "editor" else clause.id


def _due(case: Case) -> str:
    facts, opened = case.occurrence.facts, case.occurrence.opened
    day = f"by the end of {long_date(facts.due_on)}"
    if opened is not None and opened.due_on != facts.due_on:
        return f"{day} (at first {long_date(opened.due_on)})"
    is_read = any(facts.obligation in each.affects for each in case.notice.interpretations)
    return f"{day} (as the notice is interpreted)" if is_read else day


def _lateness(case: Case, at: datetime) -> str | None:
    opened, notice = case.occurrence.facts, case.notice
    if at <= opened.due:
        return None
    days = notice.working_days.working_days_between(opened.due_on, local_date(at, notice.terms.zone))
    return counted(days, "working day") if days else None


def _opening(case: Case, occasion: Occasion, call: Call) -> str | None:
    standing, zone = occasion.standing, case.notice.terms.zone
    if occasion.matter is not None:
        return occasion.matter.happened
    if occasion.confirmed is not None:
        return occasion.confirmed.sentence
    if occasion.chosen is not None:
        return _brought_up(case, occasion.chosen)
    if standing is None or standing.raised_at is None or call.topic == "escalation-resolved":
        return None
    planned, raised = standing.planned_at, standing.raised_at
    was_on_its_day = planned is None or local_date(planned, zone) == local_date(raised, zone)
    return standing.rung.says if was_on_its_day else None


def _brought_up(case: Case, event: EscalationRaised) -> str:
    """It may not be overdue at all: somebody could not wait for its day, and says why."""
    who = case.notice.names.get(event.chosen_by or "", event.chosen_by)
    reason = f": {said(event.reason)}" if event.reason else "."
    return f"{who} brought “{case.occurrence.facts.title}” to you before its day{reason}"


def _given(case: Case, task: str | None) -> Acknowledgement | None:
    if task is None:
        return None
    if task == OWED:
        return case.occurrence.acknowledged
    standing = case.occurrence.standing_of(task)
    return standing.acknowledged if standing else None


def _acknowledged(case: Case, task: str | None, call: Call) -> str | None:
    given = _given(case, task)
    if given is None:
        return None
    who = "You" if given.by == call.person else case.notice.names.get(given.by, given.by)
    return f"{who} acknowledged the task on {long_date(local_date(given.at, case.notice.terms.zone))}."


def _owner(case: Case, occasion: Occasion, call: Call) -> str | None:
    standing = case.occurrence.standing_of(occasion.task or OWED)
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
