"""Which rule answers which command: corrections."""

from domain.rule import Rules

RULES: Rules = {}
