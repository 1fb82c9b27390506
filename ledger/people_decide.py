"""What only people may record. The database refuses the same; here it is refused before anything is sent."""

import re

from domain.record import Envelope, UnfitEvent

# The same words as in the migration 0015; a test compares them.
DECISIONS = r"^(decision-(proposed|made|issued|published)|notice-(varied|lifted|superseded)|obligation-released|event-corrected)\.v"
_IS_A_DECISION = re.compile(DECISIONS)


def require_a_person(event: Envelope) -> None:
    """Raise UnfitEvent where a decision is said to be the system's."""
    if _IS_A_DECISION.match(event.type) and event.actor.kind != "person":
        raise UnfitEvent(f"“{event.type}” can only be recorded as the act of a person.")
