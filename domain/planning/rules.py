"""Which rule answers which command: the improvement plan."""

from domain import commands as asked
from domain.planning import adopting, delivering, updating
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.AdoptPlan: by_people(adopting.adopt),
    asked.UpdateProgress: by_people(updating.update),
    asked.DeliverAction: by_people(delivering.deliver),
}
