"""What was signed last, in a file outside the database and outside the published folder.

It is the one thing that keeps a log from telling two histories: whoever restores an older database cannot make it sign
again what was signed otherwise. It holds the signed note itself, so a lost one can be restored from the newest
checkpoint that anybody has kept.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.log.durable import make_folder, replace
from ledger.log.faults import AlreadyPublishing, LogMismatch


class StateFile:
    """A note that changes from one value to the next, and never without looking what it was."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the state against every other process on this machine; raises AlreadyPublishing."""
        make_folder(self.path.parent)
        handle = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyPublishing(f"Another process works with {self.path}; one is enough.") from None
            yield
        finally:
            os.close(handle)

    def load(self) -> bytes | None:
        """The note signed last, or None when nothing was signed."""
        with suppress(FileNotFoundError):
            return self.path.read_bytes()
        return None

    def swap(self, expected: bytes | None, note: bytes) -> None:
        """Put a note in the place of the expected one; raises LogMismatch when another stands there."""
        if self.load() != expected:
            raise LogMismatch(f"{self.path} has been changed by somebody else; nothing was signed.")
        make_folder(self.path.parent)
        replace(self.path, note, 0o600)
