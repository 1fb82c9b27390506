"""Which rule answers which command: a report: received, accepted, returned, queried, and what it rests on."""

from domain import commands as asked
from domain.reporting import accepting, submitting
from domain.rule import Rules

RULES: Rules = {
    asked.SubmitReport: submitting.submit,
    asked.AcceptReport: accepting.accept,
}
