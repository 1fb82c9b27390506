"""What happened to the record itself: a new key of the log, an erasure, how long things are kept. Told without a notice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.events.of_the_record import (
    LEGAL_HOLD_LIFTED,
    LEGAL_HOLD_PLACED,
    LOG_KEY_ROTATED,
    PERSONAL_DATA_ERASED,
    RETENTION_RULE_SET,
)
from domain.record import Recorded
from domain.time.words import counted
from projections.tellings.parts import said
from projections.words import day_of

_EVERY_KIND = "all"


def _rotated(data: dict[str, Any]) -> str:
    until = day_of(datetime.fromisoformat(data["overlap_until"]), "UTC")
    return (
        f"The key {_named(data['key'])} of the log took the place of {_named(data['replaces'])}; "
        f"both sign until {until}."
    )


def _named(vkey: str) -> str:
    """A public key by its name and hash."""
    return f"“{vkey.rpartition('+')[0]}”"


def _erased(data: dict[str, Any]) -> str:
    values = counted(len(data["digests"]), "personal value")
    if data["person"]:
        what = f"what was kept of “{data['person']}” ({values})"
    else:
        what = f"{values} of {counted(len(data['events']), 'event')}"
    return f"Erased under {data['authority'].rstrip(' .')}: {what}, because {said(data['reason'])}"


def _rule_set(data: dict[str, Any]) -> str:
    kind = data["kind"]
    events = "every event withholds" if kind == _EVERY_KIND else f"an event “{kind}” withholds"
    period = counted(data["months"], "month")
    return f"What {events} is kept for {period} after the end of its notice: {said(data['reason'])}"


def _held(data: dict[str, Any]) -> str:
    return f"Nothing under the notice “{data['notice']}” may be erased from now on: {said(data['reason'])}"


def _released(data: dict[str, Any]) -> str:
    return f"What is kept under the notice “{data['notice']}” may be erased again: {said(data['reason'])}"


TELLINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    LOG_KEY_ROTATED: _rotated,
    PERSONAL_DATA_ERASED: _erased,
    RETENTION_RULE_SET: _rule_set,
    LEGAL_HOLD_PLACED: _held,
    LEGAL_HOLD_LIFTED: _released,
}


def tell_of_the_record(event: Recorded) -> str:
    """The sentence of an event for which `is_of_the_record` holds."""
    return TELLINGS[event.type](event.envelope.data)
