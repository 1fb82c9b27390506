"""Which rule answers which command: what people do with a task besides doing it."""

from domain import commands as asked
from domain.handing import acknowledging, passing_on, up_the_ladder
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.AcknowledgeTask: acknowledging.acknowledge,
    asked.ClaimTask: by_people(passing_on.claim),
    asked.ReassignTask: by_people(passing_on.reassign),
    asked.RefuseTask: by_people(passing_on.refuse),
    asked.EscalateTask: by_people(up_the_ladder.escalate),
    asked.WithdrawRung: by_people(up_the_ladder.take_back),
}
