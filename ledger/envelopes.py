"""From a decision to what the ledger stores: envelopes, and the errands that follow from them."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from domain.actor import Actor
from domain.case import Case, Draft
from domain.events.chasing import ReferredForConsideration
from domain.events.kinds import effective_of, kind_of, to_data
from domain.events.owing import OccurrenceOpened
from domain.identity import OccurrenceId, notice_stream
from domain.record import Envelope, OutboxItem, StreamWrite


def envelopes_of(stream: str, events: Sequence[Any], case: Case, by: Actor) -> tuple[Envelope, ...]:
    """Each event with who, when, what it is about and under which clause."""
    return tuple(_envelope(stream, event, case, by) for event in events)


def errands_of(
    writes: Sequence[StreamWrite],
    drafts: Sequence[Draft],
    *,
    clock_knows: str | None,
    opens_by: Sequence[str] = (),
) -> tuple[OutboxItem, ...]:
    """Messages to be sent, and the clocks to be woken, but for the stream whose clock needs no telling.

    `opens_by`: streams of the occurrences on whose day others open, so that the clock of the notice has to look again.
    """
    pokes = (
        OutboxItem("poke", f"{write.stream}@{write.expected + len(write.events)}", {"stream": write.stream})
        for write in writes
        if write.stream != clock_knows
    )
    messages = (
        OutboxItem(
            "message",
            message.id,
            {"occurrence": draft.stream.removeprefix("occ/"), "person": message.person, "role": message.role,
             "rung": getattr(draft.event, "rung", None), "topic": kind_of(draft.event).topic},
        )
        for draft in drafts
        for message in getattr(draft.event, "messages", ())
    )  # fmt: skip
    reopening = (
        OutboxItem(
            "poke", f"{notice}@{write.stream}@{write.expected + len(write.events)}", {"stream": notice}
        )
        for write in writes
        if write.stream in opens_by
        for notice in (notice_stream(OccurrenceId.parse(write.stream).notice),)
    )
    return (*pokes, *reopening, *messages)


def _envelope(stream: str, event: Any, case: Case, by: Actor) -> Envelope:
    occurrence = OccurrenceId.parse(stream) if stream.startswith("occ/") else None
    return Envelope(
        id=uuid4(),
        type=kind_of(event).topic,
        effective=effective_of(event),
        actor=by,
        data=to_data(event),
        notice=occurrence.notice if occurrence else stream.removeprefix("notice/"),
        obligation=occurrence.obligation if occurrence else None,
        occurrence=str(occurrence) if occurrence else None,
        rung=getattr(event, "rung", None),
        authority=_authority(occurrence, event, case),
    )


def _authority(occurrence: OccurrenceId | None, event: Any, case: Case) -> str | None:
    """The clause under which it happened, or the statute to which it refers."""
    if isinstance(event, ReferredForConsideration):
        return event.power
    if isinstance(event, OccurrenceOpened):
        return f"clause {event.clause}"
    if occurrence is None:
        return None
    return f"clause {case.notice.obligation(occurrence.obligation).clause}"
