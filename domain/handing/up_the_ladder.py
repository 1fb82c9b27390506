"""Bringing a matter to the next in line before its day, and taking back a step that was raised in error."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.outlook import still_called_for
from domain.chasing.step import messages_for
from domain.chasing.undoing import withdraw, withdraw_from_overdue_up
from domain.commands import EscalateTask, WithdrawRung
from domain.events.chasing import EscalationRaised
from domain.handing.tasks import not_open
from domain.occurrence.state import OWED, Occurrence, RungStanding
from domain.refusals import NothingFurtherUp, NotInYourRole, NotYourTask, ReasonMissing, RungNotRaised
from domain.values import tidy
from domain.who import held_role, obligor_roles, titles


def waiting_above(occurrence: Occurrence, task: str = OWED) -> tuple[RungStanding, ...]:
    """The escalations that are still to come, from a task up."""
    order = [each.rung.id for each in occurrence.rungs]
    above = order.index(task) + 1 if task in order else 0
    return tuple(
        each
        for each in occurrence.rungs[above:]
        if each.rung.do == "escalate"
        and each.rung.chases is None
        and each.status == "waiting"
        and still_called_for(occurrence, each)
    )


def escalate(case: Case, command: EscalateTask, by: Actor, now: datetime) -> Decision:
    """The ladder goes on as planned: what was brought up is not brought up again, and nothing else comes sooner."""
    occurrence, notice = case.occurrence, case.notice
    fault = not_open(case, OWED)
    if fault is not None:
        return fault
    roles = _roles_that_may_escalate(case)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotYourTask(f"This can be brought to the next in line by {titles(notice, roles)}.")
    above = waiting_above(occurrence)
    if not above or above[0].planned_at is None:
        return NothingFurtherUp(
            f"There is nobody further up to whom {occurrence.facts.title} could be brought. A matter is put before "
            "those who hold the power only by the ladder itself, or by themselves."
        )
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why this cannot wait for its day: whoever it is brought to is told.")
    rung = above[0].rung
    told, vacant = messages_for(notice, occurrence, rung, now)
    event = EscalationRaised(rung.id, above[0].planned_at, told, vacant, now, chosen_by=by.id, reason=reason)
    return (Draft(command.occurrence.stream, event),)


def take_back(case: Case, command: WithdrawRung, by: Actor, now: datetime) -> Decision:
    """With the notice that it is overdue goes everything above it; whoever was told is told."""
    occurrence, notice = case.occurrence, case.notice
    standing = occurrence.standing_of(command.rung)
    if standing is None or standing.status != "raised":
        return RungNotRaised(
            f"There is no step “{command.rung}” on {occurrence.facts.title} that stands as raised."
        )
    if held_role(notice, by, notice.keeping_roles, now) is None:
        return NotInYourRole(f"A step is taken back by {titles(notice, notice.keeping_roles)}.")
    because = tidy(command.reason)
    if not because:
        return ReasonMissing("Say why the step should not have been taken: whoever was told by it is told.")
    if standing.rung.do == "overdue":
        return withdraw_from_overdue_up(occurrence, because, now, by.id)
    return withdraw(occurrence, [standing], because, now, by.id)


def _roles_that_may_escalate(case: Case) -> tuple[str, ...]:
    """Those who owe it, and those to whom it has been brought."""
    brought_to = (
        role
        for each in case.occurrence.rungs
        if each.rung.do == "escalate" and each.task_is_open
        for role in each.rung.to
    )
    return tuple(dict.fromkeys((*obligor_roles(case), *brought_to)))
