"""Which rule answers which command: the improvement plan."""

from domain.rule import Rules

RULES: Rules = {}
