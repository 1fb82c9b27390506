"""Which rule answers which command: what people do with a task besides doing it."""

from domain import commands as asked
from domain.handing import acknowledging
from domain.rule import Rules

RULES: Rules = {
    asked.AcknowledgeTask: acknowledging.acknowledge,
}
