"""Which rule answers which command: time's exceptions."""

from domain.rule import Rules

RULES: Rules = {}
