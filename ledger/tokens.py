"""Tokens on PostgreSQL, and in memory with the same manners."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from domain.tokens import Token
from ledger import sql_files
from ledger.connection import Database


class PostgresTokens:
    """A `domain.tokens.Tokens` on an open database. Its clock says what has expired."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, token: Token, digest: bytes) -> None:
        """Keep a token with the SHA-256 of its secret."""
        await self._database.fetch(
            sql_files.query("create_token"),
            token.id,
            digest,
            token.person,
            token.label,
            list(token.scopes),
            token.notice,
            token.created,
            token.expires,
        )

    async def find(self, digest: bytes) -> Token | None:
        """The token of that secret while it is good, or None."""
        rows = await self._database.fetch(sql_files.query("find_token"), digest)
        return _token(rows[0]) if rows else None

    async def all(self) -> Sequence[Token]:
        """Oldest first, those that are good no more included."""
        return [_token(row) for row in await self._database.fetch(sql_files.query("list_tokens"))]

    async def revoke(self, token: UUID) -> bool:
        """Whether there was such a token."""
        (row,) = await self._database.fetch(sql_files.query("revoke_token"), token)
        return bool(row["found"])


class MemoryTokens:
    """A `domain.tokens.Tokens` that is gone with its process."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._digests: dict[bytes, UUID] = {}
        self._tokens: dict[UUID, Token] = {}

    async def create(self, token: Token, digest: bytes) -> None:
        """Keep a token with the SHA-256 of its secret."""
        if token.id not in self._tokens:
            self._tokens[token.id], self._digests[digest] = token, token.id

    async def find(self, digest: bytes) -> Token | None:
        """The token of that secret while it is good, or None."""
        found = self._digests.get(digest)
        token = self._tokens[found] if found else None
        return token if token and token.revoked is None and token.expires > self._now() else None

    async def all(self) -> Sequence[Token]:
        """Oldest first, those that are good no more included."""
        return sorted(self._tokens.values(), key=lambda each: (each.created, each.id))

    async def revoke(self, token: UUID) -> bool:
        """Whether there was such a token."""
        found = self._tokens.get(token)
        if found is not None:
            self._tokens[token] = replace(found, revoked=found.revoked or self._now())
        return found is not None


def _token(row: asyncpg.Record) -> Token:
    return Token(
        id=row["id"],
        person=row["person"],
        label=row["label"],
        scopes=tuple(row["scopes"]),
        notice=row["notice"],
        created=row["created"],
        expires=row["expires"],
        revoked=row["revoked"],
    )
