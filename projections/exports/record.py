"""Events of the record itself: they are under no notice, and every export of the whole record holds them too."""

from collections.abc import Iterator

from domain.actor import Actor
from domain.record import Recorded
from projections.exports.naming import Named

RECORD = "record"
_SENTENCES = {
    "log-key-rotated.v1": "A new key of the log took the place of an older one.",
    "personal-data-erased.v1": "Personal values that are kept beside the record were erased.",
}


def sentence_of(event: Recorded) -> str:
    """In words where it is known; what another application recorded is named as that."""
    told = _SENTENCES.get(event.type, f"“{event.type}” was recorded in “{event.stream}”.")
    reason = event.envelope.data.get("reason") or event.envelope.reason
    return f"{told} The reason given: {reason}" if isinstance(reason, str) else told


def names(event: Recorded) -> Iterator[Named]:
    """The record, and who did it."""
    yield "record", RECORD, "of", False
    kind = "person" if event.envelope.actor.kind == "person" else "system"
    yield kind, event.envelope.actor.id, "recorded by", False


def actor_in_words(actor: Actor) -> str:
    return actor.id if actor.kind == "person" else "Forthwith"
