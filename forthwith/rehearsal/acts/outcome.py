"""What a review found, as files state it."""

from domain.events.reviewing import Finding
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import Day, Words


class FindingStated(Term):
    """A finding: what is to be done about it, by which role, and by when."""

    id: Identifier
    text: Words
    action: Words
    owner: Identifier
    due_on: Day | None = None

    @property
    def finding(self) -> Finding:
        return Finding(self.id, self.text, self.action, self.owner, self.due_on)
