"""Who may see what comes of an obligation."""

from datetime import date

from domain.notice.state import Notice


def may_see(notice: Notice, obligation_id: str, person: str, day: date) -> bool:
    """Anybody, unless the obligation is hidden from some parties: then those who hold a role outside of them that day."""
    hidden_from = notice.obligation(obligation_id).hidden_from
    if not hidden_from:
        return True
    parties = {notice.role(role).party for role in notice.roles_of(person, day)}
    return bool(parties.difference(hidden_from))
