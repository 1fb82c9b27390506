"""When a second flush beside the one under way pays: learnt from the flushes themselves."""

import time

_FEWEST, _MOST = 4, 512
_WEIGHT = 1 / 8
# Measured on a fast disk and on one of 2 ms: above this share halves were faster, below it the whole.
_SHARE = 2 / 3


class Pace:
    """How many commands a second flush must hold.

    While the database writes one flush, Python can decide and encode for the next. But each flush costs something of its
    own, above all a disk write. So a second pays from as many commands as keep Python busy for as long as that takes:
    a handful on a fast disk, dozens on a slow one.
    """

    def __init__(self, half: int = 16) -> None:
        """`half`: what holds until something is known."""
        self.half = half
        self._busy = time.thread_time()
        self._a_command: float | None = None
        self._a_flush: float | None = None

    def landed(self, commands: int, seconds: float | None) -> None:
        """A flush of so many commands is back, after so many seconds; None where another was under way beside it."""
        busy = time.thread_time()
        self.learn(commands, seconds, busy - self._busy)
        self._busy = busy

    def learn(self, commands: int, seconds: float | None, busy: float) -> None:
        """The same, with the processor time that Python has taken since the last one.

        The database takes about as long for a command as Python does; what is beyond that is the flush's own.
        """
        self._a_command = _smoothed(self._a_command, busy / commands)
        if seconds is not None:
            self._a_flush = _smoothed(self._a_flush, max(seconds - commands * self._a_command, 0.0))
        if self._a_flush is not None and self._a_command:
            self.half = min(max(round(_SHARE * self._a_flush / self._a_command), _FEWEST), _MOST)


def _smoothed(so_far: float | None, now: float) -> float:
    return now if so_far is None else so_far + (now - so_far) * _WEIGHT
