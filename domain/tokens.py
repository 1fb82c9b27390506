"""Keys that programs carry: for whom, for what, under which notice, and until when. The secret itself is kept nowhere."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args
from uuid import UUID

Scope = Literal["read", "act", "audit"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Token:
    """`read`: what the person may see. `act`: sign in the person's name. `audit`: read everything, what is hidden included.

    `notice`: the only notice for which it is good, if it is for one alone.
    """

    id: UUID
    person: str
    label: str
    scopes: tuple[Scope, ...]
    notice: str | None
    created: datetime
    expires: datetime
    revoked: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Whoever may read everything may read."""
        return scope in self.scopes or (scope == "read" and "audit" in self.scopes)


class Tokens(Protocol):
    """Where tokens are kept. They run by real time, also where the clock of the record is shifted."""

    async def create(self, token: Token, digest: bytes) -> None: ...

    async def find(self, digest: bytes) -> Token | None:
        """The token of that secret, or None: unknown, expired and revoked are the same to whoever asks."""
        ...

    async def all(self) -> Sequence[Token]:
        """Oldest first, those that are good no more included."""
        ...

    async def revoke(self, token: UUID) -> bool:
        """Whether there was such a token; revoking twice changes nothing."""
        ...


def digest_of(secret: str) -> bytes:
    """SHA-256. A secret of 256 random bits needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
