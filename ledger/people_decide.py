"""What only people may record. The database refuses the same; here it is refused before anything is sent."""

import re

from domain.record import Envelope, UnfitEvent

# The same words as in the migration 0025; a test compares them.
ONLY_PEOPLE = r"^(decision-(proposed|made|issued|published)|notice-(varied|lifted|superseded)|obligation-released|event-corrected|personal-data-erased|retention-rule-set|legal-hold-(placed|lifted))\.v"
_IS_FOR_PEOPLE = re.compile(ONLY_PEOPLE)


def require_a_person(event: Envelope) -> None:
    """Raise UnfitEvent where the system is said to have decided, or erased."""
    if _IS_FOR_PEOPLE.match(event.type) and event.actor.kind != "person":
        raise UnfitEvent(f"“{event.type}” can only be recorded as the act of a person.")
