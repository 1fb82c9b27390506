"""Which rule answers which command: reviews and the pack that goes with them."""

from domain import commands as asked
from domain.reviewing import dating, following_up, holding, items, moving, notifying, outcome, requiring
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.RequireDiagnosticReview: by_people(requiring.require),
    asked.AgreeParty: by_people(requiring.agree),
    asked.PlanReview: by_people(dating.plan_review),
    asked.NotifyReview: by_people(notifying.notify),
    asked.MoveReview: by_people(moving.move),
    asked.RecordReviewHeld: by_people(holding.record_review),
    asked.IssueOutcome: by_people(outcome.issue_outcome),
    asked.ActOnFinding: by_people(following_up.act_on),
    asked.FollowUpFinding: by_people(following_up.follow_up),
    asked.ConfirmItem: by_people(items.confirm),
    asked.RecordItemRefused: by_people(items.refused),
}
