"""Acting on a finding, and seeing whether that was enough: two people, so that nobody closes what they did themselves."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ActOnFinding, FollowUpFinding
from domain.events.reviewing import Finding, FindingActedOn, FindingFollowedUp
from domain.refusals import (
    FindingAlreadyClosed,
    FindingNotKnown,
    FourEyesRequired,
    NotInYourRole,
    ReasonMissing,
    Refusal,
)
from domain.reviewing.standing import conducting_role, no_review
from domain.values import tidy
from domain.who import held_role, titles


def act_on(case: Case, command: ActOnFinding, by: Actor, now: datetime) -> Decision:
    finding = _still_open(case, command.finding)
    if isinstance(finding, Refusal):
        return finding
    held = held_role(case.notice, by, (finding.owner,), now)
    if held is None:
        owner = titles(case.notice, (finding.owner,))
        return NotInYourRole(f"Finding “{finding.id}” is for {owner} to act on.")
    done = tidy(command.done)
    if not done:
        return ReasonMissing("Say what was done about the finding.")
    return (Draft(command.occurrence.stream, FindingActedOn(finding.id, done, by.id, held, now)),)


def follow_up(case: Case, command: FollowUpFinding, by: Actor, now: datetime) -> Decision:
    finding = _still_open(case, command.finding)
    if isinstance(finding, Refusal):
        return finding
    held = conducting_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    acted = [each.acted_by for each in case.occurrence.review.acted_on if each.finding == finding.id]
    if acted and acted[-1] == by.id:
        return FourEyesRequired(
            "Whoever acted on a finding cannot follow it up; somebody else has to see to that."
        )
    outcome = tidy(command.outcome)
    if not outcome:
        return ReasonMissing("Say what was seen when the finding was followed up.")
    followed_up = FindingFollowedUp(finding.id, outcome, command.closed, by.id, held, now)
    return (Draft(command.occurrence.stream, followed_up),)


def _still_open(case: Case, name: str) -> Finding | Refusal:
    fault = no_review(case)
    if fault is not None:
        return fault
    finding = case.occurrence.review.finding(name)
    if finding is None:
        return FindingNotKnown(f"No finding “{name}” was issued with the outcome of this review.")
    if case.occurrence.review.is_closed(name):
        return FindingAlreadyClosed(f"Finding “{name}” has been closed already.")
    return finding
