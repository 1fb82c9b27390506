"""What programs have sent with which key, so that a key that is used again for something else is refused."""

from typing import Protocol
from uuid import UUID

REMEMBERED_DAYS = 30


class Requests(Protocol):
    """Kept beside the record. Raises LedgerUnreachable."""

    async def keep(self, command: UUID, digest: bytes, *, recorded: bool = False) -> bytes | None:
        """Say what a command's key stands for, and learn what it does stand for.

        As long as nothing was recorded under it, the newest words count, so that a request which was refused can be put
        right and sent again. `recorded`: these are the words that have just been recorded. Safe to repeat.
        What was not sent for `REMEMBERED_DAYS` may be forgotten: None where something was recorded under the key then.
        """
        ...
