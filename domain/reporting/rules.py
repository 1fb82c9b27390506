"""Which rule answers which command: a report: received, accepted, returned, queried, and what it rests on."""

from domain import commands as asked
from domain.reporting import accepting, lodging, partner_updates, queries, returning, submitting
from domain.rule import Rules

RULES: Rules = {
    asked.SubmitReport: submitting.submit,
    asked.AcceptReport: accepting.accept,
    asked.ReturnReport: returning.return_report,
    asked.AnswerQuery: queries.answer,
    asked.CommissionUpdate: partner_updates.commission,
    asked.RecordUpdate: partner_updates.record,
    asked.LodgeEvidence: lodging.lodge,
}
