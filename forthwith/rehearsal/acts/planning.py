"""The improvement plan: adopted, kept up to date, delivered."""

from typing import Literal

from pydantic import Field

from domain import commands as asked
from domain.events.planning import Rating
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import Day, OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly
from forthwith.rehearsal.acts.plan import ObjectiveStated


class AdoptPlan(OnOccurrence):
    do: Literal["adopt-plan"]
    objectives: tuple[ObjectiveStated, ...]


class UpdateProgress(OnOccurrence):
    do: Literal["update-progress"]
    objective: Identifier
    rating: Rating
    text: Words


class DeliverAction(OnOccurrence):
    do: Literal["deliver-action"]
    action: Identifier
    delivered_on: Day | None = None
    evidence: Words
    evidence_sha256: tuple[str, ...] = Field(default=(), max_length=100)


def _adopt(act: AdoptPlan, scene: Scene) -> asked.AdoptPlan:
    return asked.AdoptPlan(scene.subject, tuple(each.objective for each in act.objectives))


MAKERS: dict[type[Term], Maker] = {
    AdoptPlan: _adopt,
    UpdateProgress: plainly(asked.UpdateProgress),
    DeliverAction: plainly(asked.DeliverAction),
}
