"""Adopting a version of the plan, whole. What it leaves uncovered is recorded, not refused: the plan is the obligor's."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import AdoptPlan
from domain.events.planning import Objective, PlanAdopted
from domain.planning.freshness import kept_fresh
from domain.planning.kept import no_plan_is_kept, stale_after
from domain.planning.soundness import areas_to_cover, fault_in_plan
from domain.refusals import NotYourTask
from domain.values import tidy
from domain.who import held_role


def adopt(case: Case, command: AdoptPlan, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    if stale_after(case) is None:
        return no_plan_is_kept(case)
    held = held_role(notice, by, notice.roles_in(facts.obligor), now)
    if held is None:
        return NotYourTask(
            f"The plan is that of {notice.party_name(facts.obligor)}; {notice.person_name(by.id)} is not of it."
        )
    fault = fault_in_plan(notice, facts.obligation, command.objectives)
    if fault is not None:
        return fault
    objectives = tuple(_tidied(each) for each in command.objectives)
    covered = {area for each in objectives for area in each.areas}
    version = len(case.occurrence.plan.adopted) + 1
    adopted = PlanAdopted(
        version=version,
        objectives=objectives,
        areas_uncovered=tuple(
            section.id for section in areas_to_cover(notice, facts.obligation) if section.id not in covered
        ),
        without_source=tuple(each.id for each in objectives if not each.sources),
        adopted_by=by.id,
        adopted_as=held,
        adopted_at=now,
    )
    return kept_fresh(case, adopted, f"version {version} of the plan was adopted.", now)


def _tidied(objective: Objective) -> Objective:
    return replace(
        objective,
        id=tidy(objective.id),
        title=tidy(objective.title),
        areas=tuple(dict.fromkeys(objective.areas)),
        sources=tuple(source for each in objective.sources if (source := tidy(each))),
        actions=tuple(replace(each, id=tidy(each.id), title=tidy(each.title)) for each in objective.actions),
    )
