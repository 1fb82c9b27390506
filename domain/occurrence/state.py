"""One occurrence of an obligation, as its events have made it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from domain.events import chasing, delivery, owing
from domain.identity import OccurrenceId
from domain.terms.ladders import Rung

OWED = "owed"
RungStatus = Literal["waiting", "raised", "collapsed", "not chased"]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RungStanding:
    """Where one rung of the ladder stands for this occurrence."""

    rung: Rung
    planned_at: datetime | None
    status: RungStatus = "waiting"
    raised_at: datetime | None = None
    messages: tuple[chasing.Message, ...] = ()
    resolution: tuple[chasing.Message, ...] = ()
    settled: frozenset[str] = frozenset()
    acknowledged: Acknowledgement | None = None
    resolved_at: datetime | None = None

    @property
    def told_everybody(self) -> bool:
        """Every message has been handed over, or has been recorded as undeliverable."""
        return all(message.id in self.settled for message in self.messages)

    @property
    def task_is_open(self) -> bool:
        return self.rung.opens_task and self.status == "raised" and self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Submission:
    version: int
    sections: tuple[owing.SectionAnswered, ...]
    missing: tuple[str, ...]
    by: str
    received_at: datetime
    accepted: Acknowledgement | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The frozen state of one occurrence. `met_at`: when what was owed arrived."""

    opened: owing.OccurrenceOpened | None = None
    rungs: tuple[RungStanding, ...] = ()
    acknowledged: Acknowledgement | None = None
    submissions: tuple[Submission, ...] = ()
    held: owing.ReviewHeld | None = None
    assessed: owing.DeliveryAssessed | None = None
    receipts: tuple[chasing.Message, ...] = ()
    messages_settled: frozenset[str] = frozenset()
    met_at: datetime | None = None
    version: int = 0

    @property
    def exists(self) -> bool:
        return self.opened is not None

    @property
    def facts(self) -> owing.OccurrenceOpened:
        if self.opened is None:
            raise ValueError("the occurrence has not been opened")
        return self.opened

    @property
    def id(self) -> OccurrenceId:
        return OccurrenceId(self.facts.notice, self.facts.obligation, self.facts.period)

    @property
    def is_met(self) -> bool:
        return self.met_at is not None

    def standing_of(self, rung_id: str) -> RungStanding | None:
        return next((each for each in self.rungs if each.rung.id == rung_id), None)


def fold(events: Iterable[Any], start: Occurrence | None = None) -> Occurrence:
    occurrence = start or Occurrence()
    for event in events:
        occurrence = evolve(occurrence, event)
    return occurrence


def evolve(occurrence: Occurrence, event: Any) -> Occurrence:
    """The occurrence after one more event."""
    after = replace(occurrence, version=occurrence.version + 1)
    match event:
        case owing.OccurrenceOpened():
            rungs = tuple(RungStanding(planned.rung, planned.at) for planned in event.plan)
            return replace(after, opened=event, rungs=rungs)
        case owing.TaskAcknowledged():
            return _acknowledged(after, event)
        case owing.ReportSubmitted():
            submission = Submission(
                event.version, event.sections, event.missing, event.submitted_by, event.received_at
            )
            return replace(
                after,
                submissions=(*after.submissions, submission),
                receipts=(*after.receipts, *event.messages),
                met_at=after.met_at or event.received_at,
            )
        case owing.ReportAccepted():
            accepted = Acknowledgement(event.accepted_by, event.accepted_as, event.accepted_at)
            *earlier, last = after.submissions
            return replace(after, submissions=(*earlier, replace(last, accepted=accepted)))
        case owing.ReviewHeld():
            return replace(after, held=event, met_at=event.recorded_at)
        case owing.DeliveryAssessed():
            return replace(after, assessed=event, met_at=event.assessed_at)
    return _evolve_chase(after, event)


def _acknowledged(after: Occurrence, event: owing.TaskAcknowledged) -> Occurrence:
    given = Acknowledgement(event.acknowledged_by, event.acknowledged_as, event.acknowledged_at)
    after = replace(after, receipts=(*after.receipts, *event.messages))
    if event.task == OWED:
        return replace(after, acknowledged=given)
    return _change(after, event.task, lambda standing: replace(standing, acknowledged=given))


def _evolve_chase(after: Occurrence, event: Any) -> Occurrence:
    match event:
        case chasing.RungRaised():
            raised_at, messages = event.raised_at, event.messages
            return _change(
                after,
                event.rung,
                lambda each: replace(each, status="raised", raised_at=raised_at, messages=messages),
            )
        case chasing.RungsCollapsed(rungs):
            return _mark(after, rungs, "collapsed")
        case chasing.RungsNotChased(rungs):
            return _mark(after, rungs, "not chased")
        case chasing.EscalationResolved():
            resolved_at, told = event.resolved_at, event.messages
            return _change(
                after, event.rung, lambda each: replace(each, resolved_at=resolved_at, resolution=told)
            )
        case delivery.MessageSent() | delivery.MessageUndeliverable():
            message = event.message
            settled = replace(after, messages_settled=after.messages_settled | {message})
            return (
                settled
                if event.rung is None
                else _change(
                    settled,
                    event.rung,
                    lambda each: replace(each, settled=each.settled | {message}),
                )
            )
    raise TypeError(f"{type(event).__name__} is not an event of an occurrence")


def _mark(occurrence: Occurrence, rungs: tuple[str, ...], status: RungStatus) -> Occurrence:
    for rung in rungs:
        occurrence = _change(occurrence, rung, lambda each: replace(each, status=status))
    return occurrence


def _change(
    occurrence: Occurrence, rung_id: str, change: Callable[[RungStanding], RungStanding]
) -> Occurrence:
    return replace(
        occurrence,
        rungs=tuple(change(each) if each.rung.id == rung_id else each for each in occurrence.rungs),
    )
