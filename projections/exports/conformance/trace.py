"""The events of each occurrence as they follow each other in the log, with what corrections say that they should have said.

Nothing here folds an occurrence: what is concluded from these traces is concluded a second time, so that a fault of the
engine's own states would show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.corrections.changing import with_field
from domain.events.correcting import EventCorrected
from domain.events.kinds import from_data
from domain.events.owing import OccurrenceOpened
from domain.identity import OccurrenceId, notice_stream
from domain.notice.fold import evolve
from domain.notice.state import Notice
from domain.record import Recorded
from domain.refusals import NotFound

_CORRECTED = "event-corrected.v1"


@dataclass(frozen=True, slots=True)
class Step:
    """One event. `place` is where it stands in the log as given, `index` where the log says that it stands; `event` is as
    corrected."""

    place: int
    index: int
    version: int
    topic: str
    recorded: datetime
    event: Any


@dataclass(slots=True)
class Trace:
    """One occurrence. `terms`: the notice as it read when the first of its events was recorded."""

    id: OccurrenceId
    terms: Notice
    steps: list[Step] = field(default_factory=list)

    @property
    def opened(self) -> OccurrenceOpened | None:
        return next((each.event for each in self.steps if isinstance(each.event, OccurrenceOpened)), None)

    def of(self, *topics: str) -> Iterator[Step]:
        return (each for each in self.steps if each.topic in topics)

    def first(self, *topics: str) -> Step | None:
        return next(self.of(*topics), None)

    def last(self, *topics: str) -> Step | None:
        return next((each for each in reversed(self.steps) if each.topic in topics), None)


@dataclass(frozen=True, slots=True)
class Read:
    """A notice as it reads at the end of the log, the traces of its occurrences, and when the log ends.

    `ended`: from when on an obligation was owed no more. `proposed`: corrections of the notice itself that were proposed, by
    place, person and reason.
    """

    notice: Notice
    traces: dict[OccurrenceId, Trace]
    ended: dict[str, datetime]
    until: datetime
    proposed: list[tuple[int, str, str]]


def read_traces(events: Sequence[Recorded], notice_id: str, until: datetime | None = None) -> Read:
    """Raises NotFound. `until`: the moment at which it is judged, that of the newest event if left out."""
    notice, ended = Notice(), dict[str, datetime]()
    proposed: list[tuple[int, str, str]] = []
    traces: dict[OccurrenceId, Trace] = {}
    for place, each in enumerate(events):
        if each.envelope.notice != notice_id:
            continue
        event = from_data(each.type, each.envelope.data)
        if each.stream == notice_stream(notice_id):
            notice = evolve(notice, event)
            if each.type in ("obligation-ended.v1", "obligation-released.v1"):
                ended[event.obligation] = each.recorded
            if each.type == "correction-proposed.v1":
                proposed.append((place, event.proposed_by, event.reason))
            continue
        name = OccurrenceId.parse(each.stream)
        trace = traces.setdefault(name, Trace(name, notice))
        trace.steps.append(Step(place, each.index, each.version, each.type, each.recorded, event))
    if not notice.is_issued:
        raise NotFound(f"There is no notice “{notice_id}” in the record.")
    for trace in traces.values():
        trace.steps = _as_corrected(trace.steps)
    return Read(notice, traces, ended, until or events[-1].recorded, proposed)


def _as_corrected(steps: list[Step]) -> list[Step]:
    corrected: dict[int, list[EventCorrected]] = {}
    for each in steps:
        if each.topic == _CORRECTED:
            corrected.setdefault(each.event.version, []).append(each.event)
    return [_with(each, corrected.get(each.version, [])) for each in steps]


def _with(step: Step, corrections: list[EventCorrected]) -> Step:
    event = step.event
    for each in corrections:
        event = with_field(event, each.field, each.now)
    return replace(step, event=event)
