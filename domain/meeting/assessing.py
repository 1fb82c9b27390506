"""The judgement of a named person: on what was delivered by a deadline, or on what a duty to determine asks."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import RecordAssessment
from domain.events.owing import DeliveryAssessed
from domain.identity import OccurrenceId
from domain.meeting.met import met
from domain.notice.schedule import PLAN
from domain.occurrence.plan import Plan
from domain.refusals import (
    NotYourTask,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    Refusal,
    ValueNotFitting,
    WrongKindOfObligation,
)
from domain.terms.obligations import FixedDeadline
from domain.values import tidy
from domain.who import held_role, obligor_roles, titles

OUTCOMES = ("met", "partly met", "not met")


def assess(case: Case, command: RecordAssessment, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    if not _is_assessed(case):
        return WrongKindOfObligation(f"{facts.title} is not a deadline that is assessed.")
    if case.occurrence.is_met:
        done = "has been assessed" if case.occurrence.assessed else "was met by a report"
        return OccurrenceAlreadyMet(f"{facts.title} {done} already.")
    if by.kind != "person":
        return OnlyPeopleDecide(f"Only a person can assess {facts.title}.")
    roles = roles_that_may_assess(case)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotYourTask(f"This assessment belongs to {titles(notice, roles)}.")
    fault = _fault_in_words(case, command)
    if fault is not None:
        return fault
    delivered, outstanding = _actions(case)
    assessed = DeliveryAssessed(
        finding=tidy(command.finding),
        assessed_by=by.id,
        assessed_as=held,
        assessed_at=now,
        outcome=command.outcome,
        delivered=delivered,
        outstanding=outstanding,
    )
    return met(case, assessed, "the assessment was recorded.", now)


def roles_that_may_assess(case: Case) -> tuple[str, ...]:
    """Those whom the ladder asks; the obligor's people, where the judgement is what is owed."""
    if case.occurrence.facts.kind == "after-event":
        return obligor_roles(case)
    asked = _asked_by_the_ladder(case)
    return asked or case.notice.accepting_roles(case.occurrence.facts.obligation)


def _is_assessed(case: Case) -> bool:
    """What is met by a report is assessed besides only where its ladder asks for that."""
    facts = case.occurrence.facts
    if facts.kind == "fixed-deadline":
        return not facts.sections or bool(_asked_by_the_ladder(case))
    return facts.kind == "after-event"


def _asked_by_the_ladder(case: Case) -> tuple[str, ...]:
    asked = (role for each in case.occurrence.rungs if each.rung.do == "assess" for role in each.rung.to)
    return tuple(dict.fromkeys(asked))


def _fault_in_words(case: Case, command: RecordAssessment) -> Refusal | None:
    if command.outcome is not None and command.outcome not in OUTCOMES:
        return ValueNotFitting(f"“{command.outcome}” is not an outcome; they are {', '.join(OUTCOMES)}.")
    if not tidy(command.finding):
        return ReasonMissing("Say what was found: an assessment without a finding tells nobody anything.")
    if command.outcome is None and case.occurrence.facts.kind == "after-event":
        return ReasonMissing("Say whether it is met, partly met or not met.")
    return None


def _actions(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the plan that are delivered, and those that are not, as they stand now."""
    plan = _plan(case)
    delivered = tuple(each.id for each in plan.actions if each.id in plan.delivered)
    outstanding = tuple(each.id for each in plan.actions if each.id not in plan.delivered)
    return delivered, outstanding


def _plan(case: Case) -> Plan:
    facts = case.occurrence.facts
    obligation = case.notice.obligation(facts.obligation)
    if not isinstance(obligation, FixedDeadline) or obligation.over is None:
        return Plan()
    return case.of(OccurrenceId(facts.notice, obligation.over, PLAN)).plan
