"""An act of judgement as `forthwith replay --decision` prints it."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from domain.time.words import plain_date
from domain.values import write_instant
from forthwith.output import day_text, print_json
from projections.decision_replay import DecisionThen, InView, Said

_SENT = "message-sent.v1"


def tell_decisions(found: Iterable[DecisionThen], zone: str, *, json: bool) -> None:
    for each in found:
        if json:
            print_json(decision_line(each))
        else:
            sys.stdout.write("\n".join(_told(each, zone)) + "\n\n")


def _told(each: DecisionThen, zone: str) -> Iterator[str]:
    yield f"Event {each.decision.index}, {day_text(each.decision.recorded, zone)}: {each.decision.sentence}"
    yield f"The record held {each.position} events then; the digest of the state was {each.digest}."
    if each.options:
        yield f"Open were: {', '.join(each.options)}."
    if each.reasons:
        yield f"The reasons given: {each.reasons}"
    for seen in each.in_view:
        yield from _seen(seen)
    yield from _listed("Not known then", each.not_known_then)
    yield from _listed("Corrected since", each.corrected_since)


def _seen(seen: InView) -> Iterator[str]:
    stood = f": {seen.standing}, due by the end of {plain_date(seen.due_on)}" if seen.due_on else ""
    yield f"In view: {seen.title}{stood}."
    for each in seen.told:
        if each.type == _SENT:
            continue  # that it was called for is told by the event that called for it
        later = " (recorded after the papers were put together)" if each.index in seen.since_pack else ""
        yield f"  {each.index}  {each.sentence}{later}"


def _listed(heading: str, events: tuple[Said, ...]) -> Iterator[str]:
    if not events:
        yield f"{heading}: nothing."
    for each in events:
        yield f"{heading}: event {each.index}, {each.sentence}"


def decision_line(each: DecisionThen) -> dict[str, Any]:
    return {
        "event": each.decision.index,
        "recorded": write_instant(each.decision.recorded),
        "decision": each.decision.sentence,
        "by": each.by,
        "position": each.position,
        "digest": each.digest,
        "options": list(each.options),
        "reasons": each.reasons,
        "in_view": [
            {
                "stream": seen.stream,
                "title": seen.title,
                "standing": seen.standing,
                "due_on": seen.due_on.isoformat() if seen.due_on else None,
                "in_pack": seen.in_pack,
                "events": _events(seen.told),
                "since_pack": list(seen.since_pack),
            }
            for seen in each.in_view
        ],
        "not_known_then": _events(each.not_known_then),
        "corrected_since": _events(each.corrected_since),
    }


def _events(events: tuple[Said, ...]) -> list[dict[str, Any]]:
    return [
        {
            "event": each.index,
            "type": each.type,
            "sentence": each.sentence,
            "effective": write_instant(each.effective),
            "recorded": write_instant(each.recorded),
        }
        for each in events
    ]
