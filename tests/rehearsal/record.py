"""Reading a rehearsal's record in the words of the notice."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from domain.events.kinds import from_data
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.time.zones import at_local, to_local
from forthwith.rehearsal.run import Rehearsal
from projections.telling import tell

LONDON = "Europe/London"
THE_END = at_local(date(2017, 12, 31), time(9), LONDON)


def events_of(played: Rehearsal, occurrence: str) -> list[Recorded]:
    return [each for each in played.events if each.stream == f"{_occurrences_of(played)}{occurrence}"]


def _occurrences_of(played: Rehearsal) -> str:
    return f"occ/{played.notice.terms.id}/"


def occurrences(played: Rehearsal) -> dict[str, Occurrence]:
    names = [
        each.stream.removeprefix(_occurrences_of(played))
        for each in played.events
        if each.stream.startswith(_occurrences_of(played))
    ]
    return {name: occurrence(played, name) for name in dict.fromkeys(names)}


def occurrence(played: Rehearsal, name: str) -> Occurrence:
    return fold(from_data(each.type, each.envelope.data) for each in events_of(played, name))


def of_type(played: Rehearsal, topic: str) -> list[Recorded]:
    return [each for each in played.events if each.type == topic]


def steps(played: Rehearsal, name: str) -> list[tuple[str, date]]:
    """The rungs raised, each with its local day."""
    events = events_of(played, name)
    return [(str(each.envelope.rung), day_of(each)) for each in events if "raised_at" in each.envelope.data]


def day_of(event: Recorded) -> date:
    return to_local(event.recorded, LONDON).date()


def told(played: Rehearsal, obligation: str) -> set[str]:
    """The roles that got a message about an obligation."""
    messages: list[dict[str, Any]] = [
        message
        for each in played.events
        if each.envelope.obligation == obligation
        for message in each.envelope.data.get("messages", ())
    ]
    return {message["role"] for message in messages}


def chased(played: Rehearsal, obligation: str) -> set[str]:
    """The roles that were chased for an obligation: that a review was planned is told to others besides."""
    steps_taken = [each for each in played.events if "raised_at" in each.envelope.data]
    return {
        message["role"]
        for each in steps_taken
        if each.envelope.obligation == obligation
        for message in each.envelope.data["messages"]
    }


def people_told(events: Iterable[Recorded]) -> set[str]:
    """Whoever got a message because of these events."""
    return {message["person"] for each in events for message in each.envelope.data.get("messages", ())}


def sentences(played: Rehearsal, name: str) -> list[str]:
    """The history of an occurrence, as people read it."""
    state = occurrence(played, name)
    return [
        tell(from_data(each.type, each.envelope.data), played.notice, state)
        for each in events_of(played, name)
    ]


def stream_of_events(played: Rehearsal) -> list[dict[str, Any]]:
    """Everything that two engines must agree on."""
    return [
        {
            "type": each.type,
            "stream": each.stream,
            "version": each.version,
            "recorded": each.recorded,
            "effective": each.envelope.effective,
            "actor": str(each.envelope.actor),
            "data": each.envelope.data,
            "rung": each.envelope.rung,
            "authority": each.envelope.authority,
        }
        for each in played.events
    ]
