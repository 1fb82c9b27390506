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
class Operations:
    """How the service is. None: it could not be asked, or there is no such part here; `faults` say why, in sentences."""

    services: dict[str, bool]
    size: int
    clocks: ClocksAlive | None = None
    pokes_waiting: int | None = None
    messages_waiting: int | None = None
    read_models: tuple[ReadModelState, ...] | None = None
    last_backup: datetime | None = None
    faults: tuple[str, ...] = field(default=())


class Operator(Protocol):
    """Looks at every part of the service."""

    async def look(self) -> Operations:
        """Never raises for a part that does not answer: it says so."""
        ...
