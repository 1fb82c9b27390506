"""What deciders had before them was corrected since: that is said on the decision, and told to those who conduct it."""

from collections.abc import Iterator
from datetime import datetime

from domain.case import Case, Draft
from domain.corrections.subject import Correcting, stream_of
from domain.deciding.power import power_of
from domain.events.correcting import EventCorrected
from domain.events.deciding import CorrectionNoted
from domain.identity import OccurrenceId
from domain.occurrence.state import Occurrence
from domain.who import messages_to

_NOT_SHOWN = "what is not shown here"


def noted_on_decisions(
    case: Case, command: Correcting, event: EventCorrected, now: datetime
) -> tuple[Draft, ...]:
    stream = stream_of(command)
    return tuple(
        Draft(each.id.stream, _noted(case, each, stream, event, now))
        for each in _considerations(case)
        if _was_before_the_deciders(each, stream, event.version)
    )


def _considerations(case: Case) -> Iterator[Occurrence]:
    yield from (each for _, each in sorted(case.others.items()) if each.consideration is not None)


def _was_before_the_deciders(each: Occurrence, stream: str, version: int) -> bool:
    assert each.consideration is not None
    return any(
        evidence.stream == stream and version <= evidence.version
        for evidence in each.consideration.opened.pack
    )


def _noted(
    case: Case, each: Occurrence, stream: str, event: EventCorrected, now: datetime
) -> CorrectionNoted:
    """What some parties are not shown is not told to them in this way either; the event itself says it."""
    there, hidden = case.at(each.id), _is_hidden(case, stream)
    act = f"corrected-{each.version + 1}"
    return CorrectionNoted(
        stream=stream,
        version=event.version,
        field=event.field,
        was=_NOT_SHOWN if hidden else event.was,
        now=_NOT_SHOWN if hidden else event.now,
        noted_at=now,
        messages=messages_to(there, act, power_of(there).considered_by, now),
    )


def _is_hidden(case: Case, stream: str) -> bool:
    if not stream.startswith("occ/"):
        return False
    facts = case.of(OccurrenceId.parse(stream)).facts
    return bool(facts.hidden_from or case.notice.obligation(facts.obligation).hidden_from)
