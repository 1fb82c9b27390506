"""What came of what a review found."""

from dataclasses import dataclass
from datetime import date

from domain.events.reviewing import Finding, FindingActedOn, FindingFollowedUp
from domain.occurrence.state import Occurrence


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """`acted_on`: what its owner last said was done; `followed_up`: what was last seen of it, and was not enough."""

    finding: Finding
    is_past_its_day: bool
    acted_on: FindingActedOn | None = None
    followed_up: FindingFollowedUp | None = None


def open_findings(occurrence: Occurrence, today: date) -> tuple[OpenFinding, ...]:
    """Those that nobody has closed."""
    review = occurrence.review
    found = review.outcome.findings if review.outcome else ()
    acted_on = {each.finding: each for each in review.acted_on}
    followed_up = {each.finding: each for each in review.followed_up}
    return tuple(
        OpenFinding(
            each,
            each.due_on is not None and each.due_on < today,
            acted_on.get(each.id),
            followed_up.get(each.id),
        )
        for each in found
        if not review.is_closed(each.id)
    )
