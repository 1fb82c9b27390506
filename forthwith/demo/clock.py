"""The demonstration's time."""

from datetime import UTC, datetime

from domain.clock import ClockSpec
from domain.time.zones import at_local

# Two minutes before the chase takes its next steps, so that whoever watches sees them taken.
OPENS_AT = datetime.fromisoformat("2016-10-21T08:58")
ZONE = "Europe/London"


def demo_clock(now: datetime | None = None) -> ClockSpec:
    """It begins in the autumn of 2016 and goes on at the pace of real time."""
    return ClockSpec(at_local(OPENS_AT.date(), OPENS_AT.time(), ZONE), now or datetime.now(UTC))
