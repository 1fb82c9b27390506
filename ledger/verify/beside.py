"""What is kept beside the log and follows from it: read models, and values that events have committed to."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol

import asyncpg

from ledger.verify.commitments import Shown
from ledger.verify.verdict import Findings

# Reads the values that are kept for commitments, in the transaction of the verification.
Values = Callable[[asyncpg.Connection], Awaitable[Iterable[Shown]]]


class Projection(Protocol):
    """A read model whose rows can be told by one digest, and folded afresh from the log."""

    @property
    def name(self) -> str: ...

    async def stored(self) -> tuple[int, str]:
        """How many events it has taken, and the digest of the rows that it holds."""
        ...

    async def folded(self, size: int) -> str:
        """The digest of the rows that the first `size` events give."""
        ...


async def check_projections(projections: Sequence[Projection], findings: Findings) -> None:
    """A finding for every read model whose rows are not those that the log gives."""
    for each in projections:
        size, digest = await each.stored()
        if await each.folded(size) != digest:
            findings.add(
                "PROJECTION_DRIFT",
                None,
                f"The read model “{each.name}” does not hold what the first {size} events say.",
            )
