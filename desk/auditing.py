"""What the audit page asks of whoever keeps the record; the front door answers it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Verified:
    """What a verification of the whole record found. `root`: of the tree over all events, in hexadecimal.

    `at` is real time, also in a demonstration: it tells when the machine looked, not what the notice's clock read.
    """

    at: datetime
    sound: bool
    size: int
    root: str
    findings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class NoBagYet(Exception):
    """The record cannot be given out as a bag; the message is a sentence for people."""


@dataclass(frozen=True)
class BagOut:
    """A bag on its way: `name` of the file, and its bytes piece by piece. `size`: the events that it holds."""

    name: str
    size: int
    parts: AsyncIterator[bytes]


class Audit(Protocol):
    """Verifies the record, and gives it out."""

    @property
    def last(self) -> Verified | None:
        """The last verification that was asked for at this desk since it was started."""
        ...

    async def verify(self) -> Verified:
        """Look at every event again; raises LedgerUnreachable."""
        ...

    async def bag(self) -> BagOut:
        """Everything an outsider needs to verify the record; raises NoBagYet, LedgerUnreachable."""
        ...
