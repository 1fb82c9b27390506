"""Who is told of what happens to a report."""

from datetime import datetime

from domain.case import Case
from domain.chasing.messages import receipt
from domain.events.chasing import Message
from domain.who import messages_to


def submitter_and_receivers(
    case: Case, act: str, person: str, role: str, now: datetime
) -> tuple[Message, ...]:
    """Whoever submitted it, and whoever may accept it: each once, even if they hold several roles."""
    receivers = case.notice.accepting_roles(case.occurrence.facts.obligation)
    return (receipt(case, act, person, role), *messages_to(case, act, receivers, now, but=(person,)))
