"""A request that is sent again: the same key stands for the same request, and for no other."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from desk.api.problems import ProblemError
from desk.ports import DeskPorts
from domain.requests import REMEMBERED_DAYS

REUSED = "This key was used before, for something else. Send a key of its own with each act."
FORGOTTEN = (
    f"This key was used more than {REMEMBERED_DAYS} days ago, and what was sent with it is forgotten. What was recorded then "
    "stays recorded, and nothing was now. Send a key of its own with each act."
)


@dataclass(frozen=True, slots=True)
class Key:
    """What an Idempotency-Key stands for: a command of one token, and a digest of what was sent with it.

    The digest is keyed with the desk's secret, so that nobody who reads the database can try guesses at what was sent.
    """

    command: UUID
    digest: bytes

    async def require_first_use(self, ports: DeskPorts) -> None:
        """Raises ProblemError where the key stands for something else that was recorded, or where what it stood for is forgotten."""
        await self._say(ports, recorded=False)

    async def settle(self, ports: DeskPorts, *, repeated: bool) -> None:
        """This is what was recorded with it; or, where it was recorded before, it must have been this."""
        await self._say(ports, recorded=not repeated)

    async def _say(self, ports: DeskPorts, *, recorded: bool) -> None:
        kept = await ports.requests.keep(self.command, self.digest, recorded=recorded)
        if kept is None:
            raise ProblemError(422, "IdempotencyKeyForgotten", FORGOTTEN)
        if not hmac.compare_digest(kept, self.digest):
            raise ProblemError(422, "IdempotencyKeyReused", REUSED)


async def digest_of(request: Request, secret: bytes) -> bytes:
    """Of the address and of what was sent to it, however its fields were ordered. It was read as JSON before."""
    said = [request.method, request.url.path, json.loads(await request.body() or b"null")]
    return hmac.digest(secret, json.dumps(said, sort_keys=True).encode(), "sha256")
