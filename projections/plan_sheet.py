"""The improvement plan as it stands: each objective, how its owner rates it, what is slow, stale or outstanding."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.case import Case
from domain.events.planning import Objective, PlanAction, PlanAdopted
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.planning.kept import stale_after
from domain.planning.tracking import outstanding, slow, stale
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.words import occurrence_title, person_in_role, role_title

State = Literal["complete", "slow", "stale", "on track", "nothing said yet"]


@dataclass(frozen=True, slots=True)
class ActionRow:
    id: str
    title: str
    owner: str
    due_on: date
    delivered_on: date | None
    evidence: str | None
    outstanding: bool


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """`rated` is what its owner said last; `state` is what follows from that and from the days that have passed."""

    id: str
    title: str
    owner: str
    state: State
    also_stale: bool
    rated: str | None
    said: str | None
    said_by: str | None
    said_at: datetime | None
    sources: tuple[str, ...]
    areas: tuple[str, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class PlanVersion:
    version: int
    adopted_by: str
    adopted_at: datetime
    objectives: int


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """`uncovered`: areas to which no objective of the newest version answers; `without_source`: objectives without one."""

    occurrence: OccurrenceId
    title: str
    stale_after_days: int
    versions: tuple[PlanVersion, ...]
    uncovered: tuple[str, ...]
    without_source: tuple[str, ...]
    objectives: tuple[ObjectiveRow, ...]


def plans(book: Casebook, notice: str, now: datetime) -> tuple[PlanSheet, ...]:
    """Every plan that is kept under a notice, one without a version included. Raises NotFound."""
    return tuple(
        _sheet(case, days, now) for case in book.cases(notice) if (days := stale_after(case)) is not None
    )


def _sheet(case: Case, days: int, now: datetime) -> PlanSheet:
    plan, notice = case.occurrence.plan, case.notice
    newest = plan.adopted[-1] if plan.adopted else None
    today = local_date(now, notice.terms.zone)
    late = {each.id for each in outstanding(plan, today)}
    slow_ones = {each.id for each in slow(plan, notice, today)}
    stale_ones = {each.id for each in stale(plan, days, now, notice.terms.zone)}
    return PlanSheet(
        occurrence=case.occurrence.id,
        title=occurrence_title(notice, case.occurrence.facts),
        stale_after_days=days,
        versions=tuple(
            PlanVersion(
                each.version,
                person_in_role(notice, each.adopted_by, each.adopted_as),
                each.adopted_at,
                len(each.objectives),
            )
            for each in plan.adopted
        ),
        uncovered=tuple(_area(notice, each) for each in newest.areas_uncovered) if newest else (),
        without_source=tuple(_title(newest, each) for each in newest.without_source) if newest else (),
        objectives=tuple(
            _objective(case, each, each.id in slow_ones, each.id in stale_ones, late)
            for each in plan.objectives
        ),
    )


def _objective(
    case: Case, objective: Objective, is_slow: bool, is_stale: bool, late: set[str]
) -> ObjectiveRow:
    plan, notice = case.occurrence.plan, case.notice
    update, rating = plan.updates.get(objective.id), plan.rating(objective.id)
    return ObjectiveRow(
        id=objective.id,
        title=objective.title,
        owner=role_title(notice, objective.owner),
        state=_state(rating, is_slow=is_slow, is_stale=is_stale),
        also_stale=is_stale and is_slow,
        rated=rating.replace("-", " ") if rating else None,
        said=update.text if update else None,
        said_by=person_in_role(notice, update.updated_by, update.updated_as) if update else None,
        said_at=update.updated_at if update else None,
        sources=objective.sources,
        areas=tuple(_area(notice, each) for each in objective.areas),
        actions=tuple(_action(case, each, each.id in late) for each in objective.actions),
    )


def _area(notice: Notice, area: str) -> str:
    """As the notice calls it: an area is a section of what the plan must contain."""
    sections = (section for each in notice.obligations for section in getattr(each, "sections", ()))
    return next((section.title for section in sections if section.id == area), area)


def _title(version: PlanAdopted, objective: str) -> str:
    return next((each.title for each in version.objectives if each.id == objective), objective)


def _state(rating: str | None, *, is_slow: bool, is_stale: bool) -> State:
    if rating == "complete":
        return "complete"
    if is_slow:
        return "slow"
    if is_stale:
        return "stale"
    return "on track" if rating else "nothing said yet"


def _action(case: Case, action: PlanAction, is_late: bool) -> ActionRow:
    delivered = case.occurrence.plan.delivered.get(action.id)
    return ActionRow(
        id=action.id,
        title=action.title,
        owner=role_title(case.notice, action.owner),
        due_on=action.due_on,
        delivered_on=delivered.delivered_on if delivered else None,
        evidence=delivered.evidence if delivered else None,
        outstanding=is_late,
    )
