"""What programs have sent with which key, in one process, for tests: a restart forgets it."""

from __future__ import annotations

from uuid import UUID


class MemoryRequests:
    """A `domain.requests.Requests` in a mapping."""

    def __init__(self) -> None:
        self._digests: dict[UUID, bytes] = {}
        self._recorded: set[UUID] = set()

    async def keep(self, command: UUID, digest: bytes, *, recorded: bool = False) -> bytes:
        if recorded or command not in self._recorded:
            self._digests[command] = digest
        if recorded:
            self._recorded.add(command)
        return self._digests[command]
