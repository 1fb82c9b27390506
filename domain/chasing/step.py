"""Taking the step that is due: the events it gives, decided at the moment they are recorded."""

from datetime import datetime

from domain.actor import Actor
from domain.case import NOTHING, Case, Decision, Draft
from domain.chasing.outlook import Step, look
from domain.commands import TakeDueStep
from domain.events import chasing
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.ladders import Rung
from domain.time.zones import local_date


def take_due_step(case: Case, command: TakeDueStep, by: Actor, now: datetime) -> Decision:  # noqa: ARG001
    """At most one rung is raised; nothing, when nothing is due: a late or repeated wake-up does no harm."""
    outlook = look(case, now)
    if outlook.step is None or outlook.next_at is None or outlook.next_at > now:
        return NOTHING
    stream = command.occurrence.stream
    collapsed = [Draft(stream, event) for event in _collapsed(outlook.step, now)]
    return (*collapsed, Draft(stream, _raised(case, outlook.step, now)))


def _collapsed(step: Step, now: datetime) -> list[chasing.RungsCollapsed]:
    if not step.collapsed:
        return []
    rungs = tuple(each.rung.id for each in step.collapsed)
    return [chasing.RungsCollapsed(rungs, into=step.raised.rung.id, collapsed_at=now)]


def _raised(case: Case, step: Step, now: datetime) -> chasing.RungRaised:
    rung = step.raised.rung
    messages, vacant = messages_for(case.notice, case.occurrence, rung, now)
    common = (rung.id, step.planned_at, messages, vacant, now)
    if rung.chases is not None:
        return chasing.AcknowledgementRequested(*common, task=rung.chases)
    match rung.do:
        case "remind":
            return chasing.ReminderIssued(*common)
        case "overdue":
            return chasing.OverdueNoticeIssued(*common)
        case "escalate":
            return chasing.EscalationRaised(*common)
        case "assess":
            return chasing.AssessmentRequested(*common)
        case "refer":
            power = case.notice.terms.power or "the powers that the notice names"
            return chasing.ReferredForConsideration(*common, power=power)


def messages_for(
    notice: Notice, occurrence: Occurrence, rung: Rung, now: datetime
) -> tuple[tuple[chasing.Message, ...], tuple[str, ...]]:
    """One message for each person who holds one of the rung's roles today, and the roles that nobody holds."""
    today = local_date(now, notice.terms.zone)
    told: dict[str, chasing.Message] = {}
    vacant = []
    name = name_of_step(occurrence, rung.id)
    for role in rung.to:
        holders = notice.holders(role, today)
        if not holders:
            vacant.append(role)
        for person in holders:
            told.setdefault(person, chasing.Message(f"{occurrence.id}#{name}:{person}", person, role))
    return tuple(told.values()), tuple(vacant)


def name_of_step(occurrence: Occurrence, rung_id: str) -> str:
    """The rung, and how often it had been raised before the ladder was dated anew: `director`, `director~1`."""
    before = occurrence.times_raised(rung_id)
    return f"{rung_id}~{before}" if before else rung_id
