"""Which rule answers which command: meeting what is owed other than by a report."""

from domain import commands as asked
from domain.meeting import assessing
from domain.rule import Rules

RULES: Rules = {
    asked.RecordAssessment: assessing.assess,
}
