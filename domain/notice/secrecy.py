"""Who may see what comes of an obligation."""

from collections.abc import Iterable
from datetime import date

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence


def may_see(notice: Notice, obligation_id: str, person: str, day: date) -> bool:
    """Anybody, unless the obligation is hidden from some parties: then those who hold a role outside of them that day."""
    return is_outside(notice, notice.obligation(obligation_id).hidden_from, person, day)


def may_see_occurrence(notice: Notice, occurrence: Occurrence, person: str, day: date) -> bool:
    """The same for one occurrence, which may be hidden from parties from which its obligation is not."""
    return is_outside(notice, hidden_from(notice, occurrence), person, day)


def hidden_from(notice: Notice, occurrence: Occurrence) -> tuple[str, ...]:
    """The parties whose people are not shown an occurrence: by what the notice says, and by what was said when it began."""
    facts = occurrence.facts
    return (*notice.obligation(facts.obligation).hidden_from, *facts.hidden_from)


def is_outside(notice: Notice, hidden: Iterable[str], person: str, day: date) -> bool:
    """Whether somebody may see what is hidden from these parties: if from none, or if they hold a role in another."""
    hidden = tuple(hidden)
    if not hidden:
        return True
    parties = {notice.role(role).party for role in notice.roles_of(person, day)}
    return bool(parties.difference(hidden))
