"""The judgement of a named person on what was delivered."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import RecordAssessment
from domain.events import owing
from domain.meeting.met import met
from domain.refusals import NotYourTask, OccurrenceAlreadyMet, ReasonMissing, WrongKindOfObligation
from domain.values import tidy
from domain.who import held_role, titles


def assess(case: Case, command: RecordAssessment, by: Actor, now: datetime) -> Decision:
    facts = case.occurrence.facts
    if facts.kind not in ("fixed-deadline", "after-event"):
        return WrongKindOfObligation(f"{facts.title} is not a deadline that is assessed.")
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"{facts.title} has been assessed already.")
    roles = roles_that_may_assess(case)
    held = held_role(case.notice, by, roles, now)
    if held is None:
        return NotYourTask(f"The final assessment belongs to {titles(case.notice, roles)}.")
    if not command.finding.strip():
        return ReasonMissing("Say what was found: an assessment without a finding tells nobody anything.")
    assessed = owing.DeliveryAssessed(tidy(command.finding), by.id, held, now, command.outcome)
    return met(case, assessed, "the final assessment was recorded.", now)


def roles_that_may_assess(case: Case) -> tuple[str, ...]:
    """Those whom the ladder asks; the obligor's people, where the judgement is what is owed."""
    facts = case.occurrence.facts
    if facts.kind == "after-event":
        return tuple(dict.fromkeys((facts.assignee, *case.notice.roles_in(facts.obligor))))
    return tuple(role for each in case.occurrence.rungs if each.rung.do == "assess" for role in each.rung.to)
