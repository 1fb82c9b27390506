"""What the operator's page asks of whoever runs the service; the front door answers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class ClocksAlive:
    """`missing`: streams whose clock should live and does not; `late`: what fell due in the store and was not taken."""

    expected: int
    missing: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadModelState:
    """`behind`: events that it has not taken yet. `trouble` is None where it is well. Times are real ones, in UTC."""

    name: str
    position: int
    behind: int
    proven_at: datetime | None
    trouble: str | None


@dataclass(frozen=True)
class WebhookNow:
    """How far a webhook has been told. `trouble` is None where it takes what it is told."""

    name: str
    told: int
    behind: int
    trouble: str | None


@dataclass(frozen=True)
class Unreachable:
    """Somebody whom messages do not reach. `count`: how many have not arrived since one did; `at` is a time of the notice."""

    name: str
    count: int
    fault: str
    at: datetime | None


@dataclass(frozen=True)
class Operations:
    """How the service is. None: it could not be asked, or there is no such part here; `faults` say why, in sentences.

    `messages_refused`: those of the waiting ones that have been tried and refused for now.
    """

    services: dict[str, bool]
    size: int
    clocks: ClocksAlive | None = None
    pokes_waiting: int | None = None
    messages_waiting: int | None = None
    messages_refused: int | None = None
    unreachable: tuple[Unreachable, ...] = ()
    webhooks: tuple[WebhookNow, ...] | None = None
    read_models: tuple[ReadModelState, ...] | None = None
    last_backup: datetime | None = None
    faults: tuple[str, ...] = field(default=())


class Operator(Protocol):
    """Looks at every part of the service."""

    async def look(self) -> Operations:
        """Never raises for a part that does not answer: it says so."""
        ...
