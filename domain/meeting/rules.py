"""Which rule answers which command: meeting what is owed other than by a report."""

from domain import commands as asked
from domain.meeting import assessing, attesting, requesting
from domain.rule import Rules

RULES: Rules = {
    asked.Attest: attesting.attest,
    asked.RecordAssessment: assessing.assess,
    asked.MakeRequest: requesting.make,
    asked.AnswerRequest: requesting.answer,
    asked.RecordNonCooperation: requesting.record_non_cooperation,
}
