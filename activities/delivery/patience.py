"""How long a message is tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DOUBLINGS_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits double from `first_wait` to `longest_wait` until `altogether` has passed.

    At least `fewest_tries` are made, so that a message which waited through a long interruption of our own is
    not given up at its first refusal.
    """

    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(hours=2)
    altogether: timedelta = timedelta(hours=48)
    fewest_tries: int = 5

    def __post_init__(self) -> None:
        if self.first_wait <= timedelta(0) or self.longest_wait < self.first_wait:
            raise ValueError("The first wait must be longer than nothing, and no longer than the longest.")

    def wait(self, tries: int) -> timedelta:
        """How long to wait after so many tries."""
        return min(self.first_wait * (1 << min(max(tries - 1, 0), DOUBLINGS_AT_MOST)), self.longest_wait)

    def wait_unless_over(self, tries: int, since: datetime, now: datetime) -> timedelta | None:
        """How long to wait, so that the last try falls on the end; None when it is time to give up."""
        left = since + self.altogether - now
        if left > timedelta(0):
            return min(self.wait(tries), max(left, self.first_wait))
        return self.wait(tries) if tries < self.fewest_tries else None
