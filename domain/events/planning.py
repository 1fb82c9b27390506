"""What happened to an improvement plan."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.values import Instant

Rating = Literal["on-track", "slow", "complete"]


@dataclass(frozen=True, slots=True)
class PlanAction:
    """Something to be delivered under an objective by a day."""

    id: str
    title: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Objective:
    """`owner` is a role. `areas` are sections of the plan's content standard; `sources` the recommendations it answers."""

    id: str
    title: str
    owner: str
    areas: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    actions: tuple[PlanAction, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAdopted:
    """A version of the plan, whole, with the areas that no objective covers and the objectives without a source."""

    version: int
    objectives: tuple[Objective, ...]
    areas_uncovered: tuple[str, ...]
    without_source: tuple[str, ...]
    adopted_by: str
    adopted_as: str
    adopted_at: Instant


@dataclass(frozen=True, slots=True)
class ProgressUpdated:
    objective: str
    rating: Rating
    text: str
    updated_by: str
    updated_as: str
    updated_at: Instant


@dataclass(frozen=True, slots=True)
class ActionDelivered:
    """`delivered_on` is the day on which it was delivered, `recorded_at` when that was recorded."""

    action: str
    delivered_on: date
    evidence: str
    evidence_sha256: tuple[str, ...]
    delivered_by: str
    delivered_as: str
    recorded_at: Instant
