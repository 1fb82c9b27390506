"""The improvement plan, as its events have made it."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.events import planning


@dataclass(frozen=True, slots=True)
class Plan:
    """`adopted`: every version, the newest last. `updates`: the last update of each objective; `first_seen` when each
    objective entered the plan."""

    adopted: tuple[planning.PlanAdopted, ...] = ()
    updates: dict[str, planning.ProgressUpdated] = field(default_factory=dict)
    first_seen: dict[str, datetime] = field(default_factory=dict)
    delivered: dict[str, planning.ActionDelivered] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return bool(self.adopted)

    @property
    def objectives(self) -> tuple[planning.Objective, ...]:
        return self.adopted[-1].objectives if self.adopted else ()

    @property
    def actions(self) -> tuple[planning.PlanAction, ...]:
        return tuple(action for objective in self.objectives for action in objective.actions)

    @property
    def is_complete(self) -> bool:
        """Every objective is complete: nothing in it can go out of date any more."""
        return self.exists and all(self.rating(each.id) == "complete" for each in self.objectives)

    def objective(self, objective_id: str) -> planning.Objective | None:
        return next((each for each in self.objectives if each.id == objective_id), None)

    def action(self, action_id: str) -> planning.PlanAction | None:
        return next((each for each in self.actions if each.id == action_id), None)

    def rating(self, objective_id: str) -> planning.Rating | None:
        """As its owner last saw it; None while nobody has said anything."""
        update = self.updates.get(objective_id)
        return update.rating if update else None
