"""What is kept beside the log and follows from it: read models, and values that events have committed to."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import asyncpg

from ledger.verify.commitments import Shown, Withheld
from ledger.verify.verdict import Findings

# Reads the values that are kept for commitments, and those that are kept but locked, in the transaction of the verification.
Values = Callable[[asyncpg.Connection], Awaitable[tuple[Iterable[Shown], Iterable[Withheld]]]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Read models that were built anew from the first `position` events, and which of them hold something else."""

    position: int
    unequal: tuple[str, ...]


# Builds the read models anew and compares; whoever knows them gives it.
ReadModels = Callable[[], Awaitable[Compared]]


async def check_read_models(read_models: ReadModels, findings: Findings) -> None:
    """A finding for every read model whose rows are not those that the log gives."""
    compared = await read_models()
    for name in compared.unequal:
        findings.add(
            "PROJECTION_DRIFT",
            None,
            f"The read model “{name}” does not hold what the first {compared.position} events say.",
        )
