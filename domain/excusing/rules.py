"""Which rule answers which command: time's exceptions."""

from domain import commands as asked
from domain.excusing import asking, granting, stopping, waiving
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.RequestExtension: by_people(asking.request),
    asked.GrantExtension: by_people(granting.grant),
    asked.RefuseExtension: by_people(asking.refuse),
    asked.StopClock: by_people(stopping.stop),
    asked.RestartClock: by_people(stopping.restart),
    asked.WaiveOccurrence: by_people(waiving.waive),
}
