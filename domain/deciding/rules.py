"""Which rule answers which command: concerns and considerations."""

from domain.rule import Rules

RULES: Rules = {}
