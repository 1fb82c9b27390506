"""What a history says: which timers it set, and what the record had answered just before."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from domain.clock import ClockSpec
from domain.ports import ClockView


@dataclass(frozen=True)
class Timer:
    """A timer as it was set, and the view of the record on which it was set. Instants are those of the notice."""

    set_at: datetime
    duration: timedelta
    view: ClockView
    summary: str


def clock_of(history: WorkflowHistory) -> ClockSpec:
    start = history.events[0].workflow_execution_started_event_attributes
    given = _said(start.input.payloads[0].data)["clock"]
    return ClockSpec(_instant(given["origin_domain"]), _instant(given["origin_real"]), given["speed"])


def timers(history: WorkflowHistory) -> Iterator[Timer]:
    """Every timer of a history, in order."""
    clock = clock_of(history)
    turn = clock.origin_real
    view: ClockView | None = None
    for event in history.events:
        if event.HasField("workflow_task_started_event_attributes"):
            turn = _time_of(event)
        if event.HasField("activity_task_completed_event_attributes"):
            said = _said(event.activity_task_completed_event_attributes.result.payloads[0].data)
            view = ClockView(said["closed"], _instant(said["next_at"]), said["says"], said["title"])
        if event.HasField("timer_started_event_attributes"):
            assert view is not None
            assert turn is not None
            yield Timer(
                clock.domain_time(turn),
                event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta(),
                view,
                str(_said(event.user_metadata.summary.data)) if event.HasField("user_metadata") else "",
            )


def asked(history: WorkflowHistory) -> list[str]:
    """The activities that were asked for, in order."""
    return [
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    ]


def _said(data: bytes) -> Any:
    return json.loads(data)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _time_of(event: HistoryEvent) -> datetime:
    return event.event_time.ToDatetime(tzinfo=UTC)
