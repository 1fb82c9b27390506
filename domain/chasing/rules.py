"""Which rule answers which command: what the engine itself asks."""

from domain import commands as asked
from domain.chasing import deliver, step
from domain.rule import Rules

RULES: Rules = {
    asked.TakeDueStep: step.take_due_step,
    asked.RecordMessageSent: deliver.sent,
    asked.RecordMessageUndeliverable: deliver.undeliverable,
}
