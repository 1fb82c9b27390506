"""Events of the record itself: they are under no notice, and every export of the whole record holds them too."""

from collections.abc import Iterator

from domain.actor import Actor
from domain.events.of_the_record import is_of_the_record
from domain.record import Recorded
from projections.exports.naming import Named
from projections.tellings.of_the_record import tell_of_the_record

RECORD = "record"


def sentence_of(event: Recorded) -> str:
    """In words where it is known; what another application recorded is named as that."""
    if is_of_the_record(event):
        return tell_of_the_record(event)
    return f"“{event.type}” was recorded in “{event.stream}”."


def names(event: Recorded) -> Iterator[Named]:
    """The record, and who did it."""
    yield "record", RECORD, "of", False
    kind = "person" if event.envelope.actor.kind == "person" else "system"
    yield kind, event.envelope.actor.id, "recorded by", False


def actor_in_words(actor: Actor) -> str:
    return actor.id if actor.kind == "person" else "Forthwith"
