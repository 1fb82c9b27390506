"""A page that has gone stale: somebody did something while it was open."""

from __future__ import annotations

from desk.acts.place import Place
from projections.casebook import Casebook
from projections.corrected import tell_entry

STILL_HERE = "Nothing of yours was recorded. What you typed is still here: read it once more, and send it again if it still holds."


def somebody_was_faster(book: Casebook, place: Place, seen: str) -> str | None:
    """What another person has recorded of the same since `seen`, the last event that the page knew; None if nothing."""
    if not (seen.isascii() and seen.isdigit()):
        return None
    is_of_one = place.occurrence.exists
    of = place.name if is_of_one else place.notice.terms.id
    for entry in reversed(book.history(of)):
        if entry.index <= int(seen):
            break
        actor = entry.record.envelope.actor
        is_of_this = is_of_one or entry.occurrence is None
        if is_of_this and actor.kind == "person" and actor.id != place.person:
            told = tell_entry(entry, place.notice, place.occurrence if is_of_one else None)
            return f"Somebody was faster. While this page was open: {told} {STILL_HERE}"
    return None
