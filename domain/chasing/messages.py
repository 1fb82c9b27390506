"""The messages that an occurrence has called for."""

from domain.occurrence.state import Occurrence


def message_named(occurrence: Occurrence, message_id: str) -> tuple[str, str] | None:
    """The rung and the person of a message, or None when no such message was called for."""
    for standing in occurrence.rungs:
        for message in (*standing.messages, *standing.resolution):
            if message.id == message_id:
                return standing.rung.id, message.person
    return None
