"""The one clock module: nothing else in the project asks what time it is.

Production runs on `LiveClock`. The demonstration runs on a `ShiftedClock`, whose `ClockSpec` travels as workflow
input, and a rehearsal on a `SteppedClock`, which stands still between the instants at which something happens.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the world in which the notice lives."""

    @property
    def simulated(self) -> bool: ...

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """How the time of the notice follows from real time: identity when both origins are None.

    `speed` is in seconds of the notice per real second.
    """

    origin_domain: datetime | None = None
    origin_real: datetime | None = None
    speed: int = 1

    @property
    def is_identity(self) -> bool:
        return self.origin_domain is None

    def domain_time(self, real: datetime) -> datetime:
        """The time of the notice at a real instant."""
        if self.origin_domain is None or self.origin_real is None:
            return real
        return self.origin_domain + (real - self.origin_real) * self.speed

    def real_duration(self, domain: timedelta) -> timedelta:
        """How long one really waits for a stretch of the notice's time."""
        return domain / self.speed


@dataclass(frozen=True, slots=True)
class LiveClock:
    """The real time."""

    simulated: bool = False

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """The real time, moved to another origin."""

    spec: ClockSpec
    simulated: bool = True

    def now(self) -> datetime:
        return self.spec.domain_time(datetime.now(UTC))


class SteppedClock:
    """Time that moves only when it is told, and never back."""

    simulated = True

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance_to(self, instant: datetime) -> None:
        self._now = max(self._now, instant)
