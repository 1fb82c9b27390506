"""Secret addresses of calendars, on PostgreSQL and in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.access import InTheNameOf
from domain.ports import Feed
from ledger import sql_files
from ledger.connection import Database


class PostgresFeeds:
    """A `domain.ports.Feeds` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person: str) -> Sequence[Feed]:
        rows = await self._database.fetch_for(InTheNameOf(person), sql_files.query("feeds_of"), person)
        return [Feed(**row) for row in rows]

    async def at(self, digest: bytes) -> Feed | None:
        rows = await self._database.fetch(sql_files.query("feed_at"), digest)
        return Feed(**rows[0]) if rows else None

    async def make(self, feed: Feed, digest: bytes, replacing: UUID | None = None) -> bool:
        (row,) = await self._database.fetch(
            sql_files.query("make_feed"), feed.id, digest, feed.person, feed.notice, feed.made_at, replacing
        )
        return bool(row["made"])

    async def revoke(self, person: str, feed: UUID, revoked_at: datetime) -> None:
        await self._database.fetch(sql_files.query("revoke_feed"), person, feed, revoked_at)


class MemoryFeeds:
    """A `domain.ports.Feeds` that is gone with its process."""

    def __init__(self) -> None:
        self._in_force: dict[bytes, Feed] = {}

    async def of(self, person: str) -> Sequence[Feed]:
        found = (each for each in self._in_force.values() if each.person == person)
        return sorted(found, key=lambda each: each.notice or "")

    async def at(self, digest: bytes) -> Feed | None:
        return self._in_force.get(digest)

    async def make(self, feed: Feed, digest: bytes, replacing: UUID | None = None) -> bool:
        if self._in_force.get(digest) == feed:
            return True
        same = [each for each in await self.of(feed.person) if each.notice == feed.notice]
        if any(each.id != replacing for each in same):
            return False
        self._drop({each.id for each in same})
        self._in_force[digest] = feed
        return True

    async def revoke(self, person: str, feed: UUID, revoked_at: datetime) -> None:  # noqa: ARG002
        self._drop({each.id for each in await self.of(person) if each.id == feed})

    def _drop(self, ids: set[UUID]) -> None:
        self._in_force = {digest: each for digest, each in self._in_force.items() if each.id not in ids}
