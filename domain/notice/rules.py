"""Which rule answers which command: the notice as an instrument."""

from domain import commands as asked
from domain.notice import issuing, keeping
from domain.rule import Rules

RULES: Rules = {
    asked.IssueNotice: issuing.issue,
    asked.OpenOccurrences: keeping.open_occurrences,
}
