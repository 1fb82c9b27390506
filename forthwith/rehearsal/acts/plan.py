"""An improvement plan, as files state it."""

from domain.events.planning import Objective, PlanAction
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import Day, Words


class ActionStated(Term):
    """Something to be delivered under an objective by a day; `owner` is a role."""

    id: Identifier
    title: Words
    owner: Identifier
    due_on: Day

    @property
    def action(self) -> PlanAction:
        return PlanAction(self.id, self.title, self.owner, self.due_on)


class ObjectiveStated(Term):
    """`areas` are sections of the plan's content standard; `sources` the recommendations that it answers."""

    id: Identifier
    title: Words
    owner: Identifier
    areas: tuple[Identifier, ...] = ()
    sources: tuple[Words, ...] = ()
    actions: tuple[ActionStated, ...] = ()

    @property
    def objective(self) -> Objective:
        actions = tuple(each.action for each in self.actions)
        return Objective(self.id, self.title, self.owner, self.areas, self.sources, actions)
