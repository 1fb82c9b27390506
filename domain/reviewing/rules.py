"""Which rule answers which command: reviews and the pack that goes with them."""

from domain import commands as asked
from domain.reviewing import holding
from domain.rule import Rules

RULES: Rules = {
    asked.RecordReviewHeld: holding.record_review,
}
