"""What may be asked of an improvement plan; it is kept by the occurrence of the obligation to keep it up to date."""

from dataclasses import dataclass
from datetime import date

from domain.events.planning import Objective, Rating
from domain.identity import OccurrenceId


@dataclass(frozen=True, slots=True)
class AdoptPlan:
    """A version of the plan, whole."""

    occurrence: OccurrenceId
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """Where an objective stands, as its owner sees it."""

    occurrence: OccurrenceId
    objective: str
    rating: Rating
    text: str


@dataclass(frozen=True, slots=True)
class DeliverAction:
    """An action of the plan was delivered. `evidence` says what shows it; `evidence_sha256` are hashes of files."""

    occurrence: OccurrenceId
    action: str
    delivered_on: date
    evidence: str
    evidence_sha256: tuple[str, ...] = ()


PlanningCommand = AdoptPlan | UpdateProgress | DeliverAction
